/** Finds the epochs of a foreign recording: which curves have a value an epoch, and where the epochs end. */
import type { MetricFigure } from "./figures.ts";
import type { Curve } from "./recording.ts";

export type MetricCurve = Curve & { figure: MetricFigure };

/** The end of an epoch, or an evaluation where the tool evaluates more often than once an epoch. */
export interface Boundary {
  /** From 1. */
  epoch: number;
  /** The last step of it. */
  step: number;
  /** Unix time in seconds, NaN where unknown. */
  time: number;
}

export interface Epochs {
  boundaries: Boundary[];
  /** Curves with a value an epoch, or an evaluation. */
  whole: MetricCurve[];
  /** Curves of the training with a value for some steps. */
  stepwise: MetricCurve[];
  /** The epoch that a point of a whole curve belongs to. */
  epochOf(curve: Curve, index: number): number;
}

export function findEpochs(curves: readonly Curve[]): Epochs {
  const metrics = curves.filter((curve): curve is MetricCurve => curve.figure.kind === "metric");
  const written = epochsWritten(curves);
  const evaluations = metrics.filter(
    ({ figure }) => figure.part !== "train" && figure.per !== "step",
  );
  const evaluatedAt = new Set(evaluations.flatMap(({ steps }) => steps));
  const isWhole = (curve: MetricCurve): boolean => {
    const { per, axis } = curve.figure;
    if (per !== null || axis === "epoch") return per !== "step";
    if (evaluatedAt.size > 0) {
      // Logged together with the evaluations, but for one at most: a run can be cut between the two.
      return curve.steps.filter((step) => !evaluatedAt.has(step)).length <= 1;
    }
    const epochs = curve.steps.map((_, i) => written(curve, i));
    return !epochs.some(Number.isNaN) && new Set(epochs).size === epochs.length;
  };
  const training = metrics.filter(({ figure }) => figure.part === "train");
  const wholeTraining = training.filter(isWhole);
  const whole = [...evaluations, ...wholeTraining];
  const stepwise = training.filter(
    (curve) => curve.figure.axis === "step" && !wholeTraining.includes(curve),
  );
  const numbered = whole.length > 0 ? whole : stepwise;
  const epochOf = evaluationsAreEpochs(evaluations, numbered, written)
    ? written
    : countEvaluations(whole);
  return { boundaries: boundariesOf(numbered, epochOf, stepwise), whole, stepwise, epochOf };
}

type EpochOf = (curve: Curve, index: number) => number;

/** The epoch that the tool itself wrote, counted from 1; NaN where it wrote none. */
function epochsWritten(curves: readonly Curve[]): EpochOf {
  const clock = curves.find(({ figure }) => figure.kind === "epoch");
  const raw: EpochOf = (curve, index) => {
    if (curve.figure.axis === "epoch") return curve.steps[index] as number;
    const beside = curve.epochs[index] as number;
    if (!Number.isNaN(beside) || !clock) return beside;
    return clock.values[lastUpTo(clock.steps, curve.steps[index] as number)] ?? Number.NaN;
  };
  let lowest = Number.POSITIVE_INFINITY;
  let fractions = false;
  for (const curve of curves) {
    for (let i = 0; i < curve.steps.length; i++) {
      const epoch = raw(curve, i);
      if (epoch < lowest) lowest = epoch;
      fractions ||= epoch % 1 > 0;
    }
  }
  // Hugging Face writes how many epochs are done, as a fraction; all others number them, most from 0.
  if (fractions) return (curve, index) => Math.max(1, Math.ceil(raw(curve, index) - 1e-6));
  const offset = lowest === 0 ? 1 : 0;
  return (curve, index) => raw(curve, index) + offset;
}

/** Whether every value has an epoch, and every epoch one evaluation at most. */
function evaluationsAreEpochs(
  evaluations: readonly Curve[],
  all: readonly Curve[],
  epochOf: EpochOf,
): boolean {
  const known = all.every((curve) => curve.steps.every((_, i) => epochOf(curve, i) > 0));
  return (
    known &&
    evaluations.every(
      (curve) => new Set(curve.steps.map((_, i) => epochOf(curve, i))).size === curve.steps.length,
    )
  );
}

/** The first, the second, … step at which anything of a whole pass was written. */
function countEvaluations(whole: readonly Curve[]): EpochOf {
  const steps = [...new Set(whole.flatMap((curve) => curve.steps))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, i) => [step, i + 1]));
  return (curve, index) => places.get(curve.steps[index] as number) ?? Number.NaN;
}

function boundariesOf(
  curves: readonly Curve[],
  epochOf: EpochOf,
  stepwise: readonly Curve[],
): Boundary[] {
  const byEpoch = new Map<number, Boundary>();
  for (const curve of curves) {
    for (let i = 0; i < curve.steps.length; i++) {
      const epoch = epochOf(curve, i);
      if (!(epoch > 0)) continue;
      const time = curve.times[i] as number;
      const step = curve.figure.axis === "epoch" ? stepAt(time, stepwise) : curve.steps[i];
      const known = byEpoch.get(epoch);
      byEpoch.set(epoch, {
        epoch,
        step: Math.max(known?.step ?? 0, step ?? epoch),
        time: later(known?.time, time),
      });
    }
  }
  const boundaries = [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
  // Steps never fall: a clock that went back must not put an epoch before the one it follows.
  boundaries.forEach((boundary, i) => {
    boundary.step = Math.max(boundary.step, boundaries[i - 1]?.step ?? 0);
  });
  return boundaries;
}

/** The later of two times of which each may be unknown. */
function later(known: number | undefined, time: number): number {
  if (known === undefined || Number.isNaN(known)) return time;
  return time > known ? time : known;
}

/** The step that was the last one at that time; undefined where there are no steps or no clock. */
function stepAt(time: number, stepwise: readonly Curve[]): number | undefined {
  const [clock] = stepwise;
  return clock?.steps[lastUpTo(clock.times, time)];
}

/** Place of the last of the rising values that is not above `limit`; -1 where there is none. */
function lastUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
