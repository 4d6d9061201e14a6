/** Goes on from where an earlier run stopped. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CheckpointEvent, RunEvent, TelemetryEvent } from "../telemetry/events.ts";
import { reasonOf, runId, WEIGHTS_FILE } from "../telemetry/files/folder.ts";
import { replayRun } from "../telemetry/files/follower.ts";
import { InputError } from "./errors.ts";
import { type Checkpoint, readCheckpoint } from "./loop/checkpoint.ts";

export interface Resumed {
  run: string;
  checkpoint: Checkpoint;
  /** The part of a k-fold cross-validation that it was. */
  fold: RunEvent["fold"];
  /** The steps and epochs up to it: the new run tells the whole story. */
  past: TelemetryEvent[];
}

/**
 * @param folder the earlier run's
 * @throws {InputError} no run, or none with a checkpoint
 */
export function openRun(folder: string): Resumed {
  const events = eventsOf(folder);
  const begun = events.find((event) => event.kind === "run");
  if (!begun) throw new InputError(`${folder} holds no run: name the folder of one.`);
  const last = events
    .filter((event): event is CheckpointEvent => event.kind === "checkpoint")
    .filter(({ file }) => file !== WEIGHTS_FILE && existsSync(join(folder, file)))
    .at(-1);
  if (!last) {
    throw new InputError(
      `The run ${folder} has no checkpoint to resume from: add "checkpoints": { "every": 5 } to the recipe, or stop a run in order.`,
    );
  }
  const checkpoint = readCheckpoint(folder, last.file);
  const past = events.filter(
    (event) =>
      event.kind === "initial" ||
      ((event.kind === "step" || event.kind === "epoch") && event.step <= last.step),
  );
  return { run: runId(folder), checkpoint, fold: begun.fold, past };
}

function eventsOf(folder: string): TelemetryEvent[] {
  const events: TelemetryEvent[] = [];
  try {
    replayRun(folder, (event) => events.push(event));
  } catch (error) {
    throw new InputError(`${folder} is no run that can be resumed: ${reasonOf(error)}.`);
  }
  return events;
}
