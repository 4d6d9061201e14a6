/** Runs of which only the events matter: their folder is in the system's folder for temporary files, and is removed. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Anchor, TelemetryEvent } from "../telemetry/events.ts";
import { EVENTS_FILE } from "../telemetry/files/folder.ts";
import { replayRun } from "../telemetry/files/follower.ts";
import { launchTrainer, type TrainRequest } from "./launch.ts";
import { exitReason } from "./reason.ts";

export type ScratchRequest = Omit<TrainRequest, "folder">;

/** What was asked for could not be run to its end. */
export class ScratchError extends Error {
  override name = "ScratchError";
  /** Where the user's mistake stands; null where it is none, or has no place. */
  readonly anchor: Anchor | null;
  readonly fault: "input" | "training";

  constructor(message: string, fault: "input" | "training", anchor: Anchor | null) {
    super(message);
    this.fault = fault;
    this.anchor = anchor;
  }
}

/** The reason of the signal where the user changed their mind. */
export class Stopped extends Error {
  override name = "Stopped";
  constructor() {
    super("Stopped; nothing was kept.");
  }
}

/**
 * Runs to the end.
 * @returns all events, in their order
 * @throws {ScratchError} with one sentence
 * @throws {Stopped} after the signal, once the process is gone
 */
export async function scratchRun(
  request: ScratchRequest,
  signal: AbortSignal,
): Promise<TelemetryEvent[]> {
  if (signal.aborted) throw new Stopped();
  const folder = mkdtempSync(join(tmpdir(), "vitals-scratch-"));
  try {
    const launched = await launchTrainer({ ...request, folder });
    const interrupt = () => launched.interrupt();
    signal.addEventListener("abort", interrupt);
    if (signal.aborted) interrupt();
    launched.stay();
    const exit = await launched.exited;
    signal.removeEventListener("abort", interrupt);
    if (signal.aborted) throw new Stopped();
    const events = eventsOf(folder);
    const end = events.at(-1);
    if (end?.kind !== "end") throw new ScratchError(exitReason(folder, exit), "training", null);
    if (end.status === "failed") {
      throw new ScratchError(end.error ?? "", end.cause ?? "training", end.anchor);
    }
    return events;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** None where the trainer did not come to write any. */
function eventsOf(folder: string): TelemetryEvent[] {
  const events: TelemetryEvent[] = [];
  if (existsSync(join(folder, EVENTS_FILE))) replayRun(folder, (event) => events.push(event));
  return events;
}
