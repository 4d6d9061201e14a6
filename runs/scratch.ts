/** Runs of which only the events matter: their folder is in the system's folder for temporary files, and is removed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Anchor, TelemetryEvent } from "../telemetry/events.ts";
import { followRun } from "../telemetry/files/follower.ts";
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
    const events = await eventsOf(folder, launched.exited);
    signal.removeEventListener("abort", interrupt);
    const exit = await launched.exited;
    if (signal.aborted) throw new Stopped();
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

function eventsOf(folder: string, exited: Promise<unknown>): Promise<TelemetryEvent[]> {
  return new Promise((resolve) => {
    const events: TelemetryEvent[] = [];
    const following = followRun(folder, {
      onEvents: (some) => events.push(...some),
      onClosed: () => resolve(events),
      onError: () => resolve(events),
    });
    exited.then(() => following.writerGone());
  });
}
