/** Appends events to a run folder: whole lines only, one write for all that gathered. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { encode } from "../codec.ts";
import type { TelemetryEvent } from "../events.ts";
import { EVENTS_FILE, RunFolderError, reasonOf } from "./folder.ts";

/** The contract: an event is in the file at the latest this long after it happened. */
const LATEST_MS = 50;

export class EventWriter {
  readonly #file: string;
  readonly #fd: number;
  #pending = "";
  #oldest = 0;

  /** @throws {RunFolderError} where the file cannot be created, or a run is recorded there already */
  constructor(folder: string) {
    this.#file = join(folder, EVENTS_FILE);
    try {
      this.#fd = openSync(this.#file, "a");
    } catch (error) {
      throw new RunFolderError(`Cannot write ${this.#file}: ${reasonOf(error)}.`);
    }
  }

  /** Takes an event; anything but a step is written at once. */
  write(event: TelemetryEvent): void {
    if (this.#pending === "") this.#oldest = performance.now();
    this.#pending += `${encode(event)}\n`;
    if (event.kind !== "step") this.flush();
  }

  /** Writes what gathered if the oldest of it would be late by the end of another step of that length. */
  flushIfDue(stepMs: number): void {
    if (this.#pending && performance.now() - this.#oldest + 2 * stepMs >= LATEST_MS) this.flush();
  }

  /** @throws {RunFolderError} e.g. disk full */
  flush(): void {
    if (this.#pending === "") return;
    const bytes = Buffer.from(this.#pending);
    this.#pending = "";
    try {
      for (let written = 0; written < bytes.length; )
        written += writeSync(this.#fd, bytes, written);
    } catch (error) {
      throw new RunFolderError(
        `Cannot write ${this.#file}: ${reasonOf(error)}. The training was stopped; free some room or choose another place with --run.`,
      );
    }
  }

  close(): void {
    this.flush();
    closeSync(this.#fd);
  }
}
