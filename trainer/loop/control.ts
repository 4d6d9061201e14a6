/** Stop and pause, asked for by file or by signal; and turns for the event loop. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { PAUSE_FILE, STOP_FILE } from "../../telemetry/files/folder.ts";

/** Signals and timers get their turn at least this often. */
const TURN_MS = 15;
/** Asking the file system costs some microseconds: not at every step. */
const LOOK_MS = 20;
/** While paused. */
const WAIT_MS = 50;

export class Control {
  readonly #stopFile: string;
  readonly #pauseFile: string;
  #stopped = false;
  #lastTurn = performance.now();
  #lastLook = Number.NEGATIVE_INFINITY;

  constructor(runFolder: string) {
    this.#stopFile = join(runFolder, STOP_FILE);
    this.#pauseFile = join(runFolder, PAUSE_FILE);
  }

  /** Asks for a stop; the step that runs is finished. */
  readonly stop = (): void => {
    this.#stopped = true;
  };

  /** Gives the event loop a turn if it is due. */
  readonly breathe = async (): Promise<void> => {
    if (performance.now() - this.#lastTurn < TURN_MS) return;
    await setImmediate();
    this.#lastTurn = performance.now();
  };

  /**
   * To be called before each step; waits while the pause file exists.
   * @param onPause called once when a pause begins
   * @returns whether to stop
   */
  async wantsStop(onPause: () => void): Promise<boolean> {
    await this.breathe();
    if (this.#stopped) return true;
    const now = performance.now();
    if (now - this.#lastLook < LOOK_MS) return false;
    this.#lastLook = now;
    let paused = false;
    while (!this.#stopped && !existsSync(this.#stopFile)) {
      if (!existsSync(this.#pauseFile)) return false;
      if (!paused) onPause();
      paused = true;
      await setTimeout(WAIT_MS);
    }
    return true;
  }
}
