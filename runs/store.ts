/** The runs of a workspace: every folder under `.vitals/runs`, whoever started them. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { DiagnosisOptions } from "../diagnosis/options.ts";
import { EVENTS_FILE, LOG_FILE, RUNS_FOLDER } from "../telemetry/files/folder.ts";
import { RunSession, type SessionStatus } from "./session.ts";

const POLL_MS = 1000;

/**
 * By which numbers a run is judged.
 * @param path absolute; of its recipe or script where that is known and on this machine, else of its run folder
 */
export type OptionsOf = (path: string) => DiagnosisOptions;

export class RunStore {
  readonly #roots: () => string[];
  readonly #optionsOf: OptionsOf;
  readonly #sessions = new Map<string, RunSession>();
  /** As last seen: a pause is a file, and no event tells of it. */
  readonly #statuses = new Map<RunSession, SessionStatus>();
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;

  /** @param roots the workspace folders, asked at every look */
  constructor(roots: () => string[], optionsOf: OptionsOf = () => ({})) {
    this.#roots = roots;
    this.#optionsOf = optionsOf;
    this.#timer = setInterval(() => this.refresh(), POLL_MS);
    this.refresh();
  }

  /** All runs, newest first. */
  get sessions(): RunSession[] {
    return [...this.#sessions.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  get(id: string): RunSession | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  /** Called when a run appears, changes or goes. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The session of a run folder, followed from now on. */
  open(folder: string): RunSession {
    const known = this.#sessions.get(folder);
    if (known) return known;
    const session = new RunSession(folder, this.#optionsOf(folder));
    const stop = session.onChange(() => {
      if (!session.run) return;
      stop();
      this.#judge(session);
    });
    session.onChange(() => this.#changed());
    this.#sessions.set(folder, session);
    this.#changed();
    return session;
  }

  /** Looks for run folders that came or went, and for runs that were paused or resumed. */
  refresh(): void {
    const found = new Set(this.#roots().flatMap(runFoldersOf));
    for (const folder of found) this.open(folder);
    for (const [folder, session] of this.#sessions) {
      if (found.has(folder)) continue;
      session.dispose();
      this.#sessions.delete(folder);
      this.#statuses.delete(session);
      this.#changed();
    }
    for (const session of this.#sessions.values()) {
      const { status } = session;
      const before = this.#statuses.get(session);
      this.#statuses.set(session, status);
      if (before !== undefined && before !== status) this.#changed();
    }
  }

  /** To be called when what `optionsOf` says has changed. */
  async judgeAnew(): Promise<void> {
    for (const session of this.sessions) {
      this.#judge(session);
      await nextTurn(); // long runs take their time, and the editor is not to wait for all of them
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const session of this.#sessions.values()) session.dispose();
    this.#listeners.clear();
  }

  /** A run of another machine has its recipe elsewhere. */
  #judge(session: RunSession): void {
    const recipe = session.run && isFile(session.run.file) ? session.run.file : undefined;
    session.diagnoseBy(this.#optionsOf(recipe ?? session.folder));
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function runFoldersOf(root: string): string[] {
  const runs = join(root, RUNS_FOLDER);
  let names: string[];
  try {
    names = readdirSync(runs);
  } catch {
    return []; // no run yet
  }
  return names
    .map((name) => join(runs, name))
    .filter((folder) => isFile(join(folder, EVENTS_FILE)) || isFile(join(folder, LOG_FILE)));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
