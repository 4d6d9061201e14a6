/** One run, followed live until it ends. */
import type { DiagnosisOptions } from "../diagnosis/options.ts";
import type { EndStatus, TelemetryEvent } from "../telemetry/events.ts";
import { runId } from "../telemetry/files/folder.ts";
import { type Following, followRun, replayRun } from "../telemetry/files/follower.ts";
import { isPaused } from "./control.ts";
import { RunRecord } from "./record.ts";

export type SessionStatus = "running" | "paused" | EndStatus;

export class RunSession extends RunRecord {
  readonly folder: string;
  readonly id: string;
  /** One sentence when the run failed or diverged, or cannot be read. */
  error: string | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #following: Following;
  #options: DiagnosisOptions;
  #taken = 0;
  #closed = false;
  #exitReason: string | undefined;

  constructor(folder: string, options: DiagnosisOptions = {}) {
    super(options);
    this.#options = options;
    this.folder = folder;
    this.id = runId(folder);
    this.#following = followRun(folder, {
      onEvents: (events) => this.#take(events),
      onClosed: () => this.#close(this.#exitReason),
      onError: (error) => this.#close(error.message),
    });
  }

  get status(): SessionStatus {
    if (this.end) return this.end.status;
    if (this.#closed) return "failed";
    return isPaused(this.folder) ? "paused" : "running";
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Called after every batch of events and when the run closes. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Judges the run by these from now on, and what it did so far anew. */
  diagnoseBy(options: DiagnosisOptions): void {
    if (JSON.stringify(options) === JSON.stringify(this.#options)) return;
    this.#options = options;
    // The file may be ahead of what was taken from it.
    let left = this.#taken;
    this.judgeAnew(options, (take) => {
      replayRun(this.folder, (event) => {
        if (left-- > 0) take(event);
      });
    });
    this.#changed();
  }

  /** The process is known to be gone: what it wrote is still read, what it never said will not be said. */
  processExited(reason: string): void {
    this.#exitReason = reason;
    this.#following.writerGone();
  }

  /** Stops following; the training goes on. */
  dispose(): void {
    this.#following.stop();
    this.#listeners.clear();
  }

  #take(events: TelemetryEvent[]): void {
    for (const event of events) this.push(event);
    this.#taken += events.length;
    if (this.end) this.error = this.end.error;
    this.#changed();
  }

  #close(
    reason = "The trainer ended without saying why: it was killed, or the machine went down.",
  ): void {
    this.#closed = true;
    if (!this.end) this.error = reason;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
