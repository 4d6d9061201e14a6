/** All that can be known of a recipe before it is trained: three short runs, one after the other. */

import type { DiagnosisOptions } from "../diagnosis/options.ts";
import type { BatchByHeart, Preflight } from "../diagnosis/preflight.ts";
import type { TelemetryEvent } from "../telemetry/events.ts";
import { testRange } from "./rangeTest.ts";
import { RunRecord } from "./record.ts";
import { type ScratchRequest, scratchRun } from "./scratch.ts";

/** Examples that are learned by heart, at most; fewer where the recipe's batches are smaller. */
const LARGEST_BATCH = 32;

export interface PreflightWatch {
  signal: AbortSignal;
  /** Hears what is being done now, a few words. */
  step(text: string): void;
}

export interface PreflightResult extends Preflight {
  /** With the findings before the first step; it has seen no other. */
  record: RunRecord;
}

/** @throws {ScratchError | Stopped} */
export async function preflight(
  request: ScratchRequest,
  options: DiagnosisOptions,
  { signal, step }: PreflightWatch,
): Promise<PreflightResult> {
  step("looking at the data and at the first forward and backward pass");
  const events = await scratchRun({ ...request, instead: { kind: "preflight" } }, signal);
  const record = new RunRecord(options);
  // What is said at a training's end is about what it has learned: this one has not begun.
  for (const event of events) if (event.kind !== "end") record.push(event);
  const run = oneOf(events, "run");
  step("learning one batch by heart");
  const rows = Math.min(LARGEST_BATCH, run.batchSize, run.examples.train);
  const steps = await scratchRun({ ...request, instead: { kind: "overfitBatch", rows } }, signal);
  step("trying learning rates");
  return {
    record,
    run,
    data: oneOf(events, "data"),
    initial: oneOf(events, "initial"),
    batch: byHeart(steps, rows),
    range: await testRange(request, signal),
    findings: record.findings,
  };
}

function byHeart(events: readonly TelemetryEvent[], rows: number): BatchByHeart {
  const losses = events.flatMap((event) => (event.kind === "step" ? [event.loss] : []));
  return {
    rows,
    steps: losses.length,
    first: losses[0] ?? Number.NaN,
    last: losses.at(-1) ?? Number.NaN,
  };
}

function oneOf<K extends TelemetryEvent["kind"]>(
  events: readonly TelemetryEvent[],
  kind: K,
): Extract<TelemetryEvent, { kind: K }> {
  const found = events.find((event) => event.kind === kind);
  if (!found) throw new Error(`The preflight wrote no ${kind} event.`);
  return found as Extract<TelemetryEvent, { kind: K }>;
}
