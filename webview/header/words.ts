/** The header's sentences. */

import type { Tone } from "../controls/badge.ts";
import { count, duration, exact, type Figure, figure, plural } from "../format.ts";
import type { RunStatus, RunView } from "../protocol.ts";

/** The tone of each status. */
export const TONES: Record<RunStatus, Tone> = {
  running: "active",
  paused: "warning",
  completed: "good",
  stopped: "plain",
  failed: "bad",
  diverged: "bad",
};

/** Whether a run still goes on. */
export function alive(run: RunView): boolean {
  return run.status === "running" || run.status === "paused";
}

/** How many steps the whole run takes; null until the trainer has said so. */
export function totalSteps(run: RunView): number | null {
  const { info } = run;
  if (!info || info.batchSize === 0 || info.epochs === 0) return null;
  // Older runs do not say it; those that do may drop the last batch of an epoch.
  const perEpoch = info.stepsPerEpoch ?? Math.ceil(info.examples.train / info.batchSize);
  const steps = perEpoch * info.epochs;
  return steps > 0 ? steps : null;
}

/** A figure and what it is called. */
export interface Part {
  name: string;
  value: string;
}

/** The status line: `epoch 7/40 · step 1 240 · …`. */
export function statusParts(run: RunView): Part[] {
  const { progress, info } = run;
  if (!progress) return [];
  const parts: Part[] = [
    { name: "epoch", value: `${progress.epoch}${info ? `/${info.epochs}` : ""}` },
    { name: "step", value: count(progress.step) },
  ];
  const going = run.status === "running";
  if (going && progress.stepsPerSecond > 0) {
    parts.push({ name: "", value: `${rate(progress.stepsPerSecond)} steps/s` });
  }
  parts.push({ name: "loss", value: figure(progress.loss as Figure) });
  for (const [metric, value] of Object.entries(progress.validation ?? progress.train ?? {})) {
    const part = progress.validation ? "validation" : "train";
    parts.push({ name: `${part} ${metric}`, value: figure(value as Figure) });
  }
  parts.push({ name: going ? "elapsed" : "took", value: duration(progress.seconds) });
  const left = secondsLeft(run);
  if (left !== null) parts.push({ name: "left about", value: duration(left) });
  return parts;
}

/** What is trained, on one line. */
export function description(run: RunView): string {
  const { info } = run;
  if (!info) return "";
  const parameters = info.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const parts = [
    plural(info.layers.length, "layer"),
    plural(parameters, "parameter"),
    `${info.optimizer.name} ${exact(info.optimizer.learningRate)}`,
    `batch ${count(info.batchSize)}`,
    `${plural(info.examples.train, "example")}`,
    `${info.framework} on ${info.device || info.backend}`,
  ];
  // Lesson 001: the loss of a model that has learned nothing.
  if (info.classes && info.classes > 1) parts.push(`chance loss ${figure(Math.log(info.classes))}`);
  if (info.seed !== null) parts.push(`seed ${info.seed}`);
  return parts.join(" · ");
}

function rate(stepsPerSecond: number): string {
  return stepsPerSecond < 10 ? stepsPerSecond.toPrecision(2) : count(stepsPerSecond);
}

function secondsLeft(run: RunView): number | null {
  const total = totalSteps(run);
  const { progress } = run;
  if (run.status !== "running" || !progress || !total || progress.stepsPerSecond <= 0) return null;
  const left = (total - progress.step) / progress.stepsPerSecond;
  return left > 1 ? left : null;
}
