/**
 * The events of a foreign recording, in the order in which our own trainer would have written them. What the tool
 * did not log is NaN, null, 0 or empty: nothing is invented.
 */
import {
  type EndEvent,
  type EpochEvent,
  EVENT_VERSION,
  type RunEvent,
  type TelemetryEvent,
} from "../events.ts";
import { epochFigures } from "./epochFigures.ts";
import { type Boundary, findEpochs, type MetricCurve } from "./epochs.ts";
import type { Figure } from "./figures.ts";
import type { Curve, Recording } from "./recording.ts";

export interface Origin {
  /** Absolute path of the file or folder. */
  file: string;
  name: string;
  tool: string;
}

/**
 * `run`, `step` where a training loss was logged by step or with a gradient norm, `epoch` and `end`: what is there is
 * judged as the outcome. The training figures of an epoch for which the tool wrote none are the means over its steps,
 * as Keras makes them. A learning rate or gradient norm that was logged less often than the loss keeps its last value
 * in between.
 */
export function* eventsOf(recording: Recording, origin: Origin): Generator<TelemetryEvent> {
  const { curves } = recording;
  const epochs = findEpochs(curves);
  const clocks = curves
    .map(({ times }) => times[0] ?? Number.NaN)
    .filter((time) => !Number.isNaN(time));
  const began = clocks.length > 0 ? Math.min(...clocks) : Number.NaN;
  const seconds = (time: number) => time - began;
  const offset = countsFromZero(curves) ? 1 : 0;
  const scale = accuracyScale(curves);
  const rate = firstOf(curves, "learningRate");
  yield runEvent(origin, rate?.values[0] ?? Number.NaN, began);

  const norm = firstOf(curves, "gradientNorm");
  const loss = epochs.stepwise.find(isTrainingLoss) ?? (norm && epochs.whole.find(isTrainingLoss));
  const rates = follow(rate);
  const norms = follow(norm);
  const figures = epochFigures(epochs, scale);
  let next = 0;
  let last: EpochEvent | undefined;
  let step = 0;
  let time = Number.NaN;
  const endEpoch = (boundary: Boundary) => {
    step = boundary.step + offset;
    time = boundary.time;
    const { train, validation } = figures(boundary, epochs.boundaries[next - 1]);
    last = {
      kind: "epoch",
      epoch: boundary.epoch,
      step,
      seconds: seconds(time),
      train,
      validation,
      silent: [],
    };
    next++;
    return last;
  };
  for (let i = 0; i < (loss?.steps.length ?? 0); i++) {
    const at = loss?.steps[i] as number;
    for (;;) {
      const boundary = epochs.boundaries[next];
      if (!boundary || boundary.step >= at) break;
      yield endEpoch(boundary);
    }
    step = at + offset;
    time = loss?.times[i] as number;
    yield {
      kind: "step",
      step,
      epoch: epochs.boundaries[next]?.epoch ?? (last?.epoch ?? 0) + 1,
      seconds: seconds(time),
      loss: loss?.values[i] as number,
      learningRate: rates(at),
      gradientNorm: norms(at),
      clippedNorm: Number.NaN,
      sampled: false,
    };
  }
  for (const boundary of epochs.boundaries.slice(next)) yield endEpoch(boundary);
  yield endEvent(last, step, seconds(time));
}

function endEvent(last: EpochEvent | undefined, step: number, seconds: number): EndEvent {
  return {
    kind: "end",
    status: "completed",
    step,
    epoch: last?.epoch ?? 0,
    seconds,
    error: null,
    cause: null,
    anchor: null,
    bestEpoch: null,
    train: last?.train ?? null,
    validation: last?.validation ?? null,
    test: null,
  };
}

function runEvent({ file, name, tool }: Origin, learningRate: number, began: number): RunEvent {
  return {
    kind: "run",
    version: EVENT_VERSION,
    id: name,
    name,
    file,
    started: Number.isNaN(began) ? "" : new Date(began * 1000).toISOString(),
    pid: 0,
    host: "",
    framework: tool,
    backend: "",
    device: "",
    optimizer: { name: "", learningRate, settings: {} },
    loss: "",
    batchSize: 0,
    epochs: 0,
    examples: { train: 0, validation: 0, test: 0 },
    classes: null,
    seed: null,
    rank: 0,
    worldSize: 1,
    earlyStopping: null,
    layers: [],
    anchors: { optimizer: null, loss: null, fit: null, data: null },
  };
}

function firstOf(curves: readonly Curve[], kind: Figure["kind"]): Curve | undefined {
  return curves.find(({ figure }) => figure.kind === kind);
}

function isTrainingLoss({ figure }: MetricCurve): boolean {
  return figure.metric === "loss" && figure.part === "train" && figure.axis === "step";
}

/** Ours count the updates made, so the first is 1. */
function countsFromZero(curves: readonly Curve[]): boolean {
  return curves.some(({ figure, steps }) => figure.axis === "step" && steps[0] === 0);
}

/** An accuracy clearly above 1 can only be in percent, and then all of them are. */
function accuracyScale(curves: readonly Curve[]): number {
  const percent = curves.some(
    ({ figure, values }) =>
      figure.kind === "metric" &&
      figure.metric === "accuracy" &&
      values.some((value) => value > 1.5),
  );
  return percent ? 0.01 : 1;
}

/**
 * @returns the curve's last value at a step, the first before it begins; NaN of a curve over epochs. To be asked for
 * rising steps.
 */
function follow(curve: Curve | undefined): (step: number) => number {
  let index = 0;
  if (curve?.figure.axis === "epoch") return () => Number.NaN;
  return (step) => {
    while ((curve?.steps[index + 1] ?? Infinity) <= step) index++;
    return curve?.values[index] ?? Number.NaN;
  };
}
