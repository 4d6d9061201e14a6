/** The training and validation figures of each epoch of a foreign recording. */
import type { Metrics } from "../events.ts";
import type { Boundary, Epochs, MetricCurve } from "./epochs.ts";
import type { Part } from "./figures.ts";

interface EpochFigures {
  train: Metrics;
  validation: Metrics | null;
}

/**
 * @param accuracyScale what makes the tool's accuracies shares of 1
 * @returns a function of an epoch and the one before it; to be asked in their order
 */
export function epochFigures(
  epochs: Epochs,
  accuracyScale: number,
): (boundary: Boundary, before: Boundary | undefined) => EpochFigures {
  const table = new Map<number, Partial<Record<Part, Metrics>>>();
  const scaled = (metric: string, value: number) =>
    metric === "accuracy" ? value * accuracyScale : value;
  for (const curve of epochs.whole) {
    const { part, metric } = curve.figure;
    curve.values.forEach((value, i) => {
      const epoch = epochs.epochOf(curve, i);
      const row = table.get(epoch) ?? {};
      table.set(epoch, row);
      row[part] ??= {};
      row[part][metric] = scaled(metric, value);
    });
  }
  const validated = epochs.whole.some(({ figure }) => figure.part === "validation");
  const means = epochs.stepwise.map((curve) => ({
    metric: curve.figure.metric,
    mean: runningMean(curve),
  }));
  return ({ epoch, step }, before) => {
    const row = table.get(epoch) ?? {};
    const train: Metrics = { ...row.train };
    for (const { metric, mean } of means) {
      const value = mean(before?.step ?? -1, step);
      if (!(metric in train) && value !== undefined) train[metric] = scaled(metric, value);
    }
    // Many scripts call the examples that they evaluate on after every epoch the test set.
    return { train, validation: row.validation ?? (validated ? null : (row.test ?? null)) };
  };
}

/** @returns the mean over the steps after `from` up to `to`; to be asked for rising steps */
function runningMean(curve: MetricCurve): (from: number, to: number) => number | undefined {
  let index = 0;
  return (from, to) => {
    let sum = 0;
    let count = 0;
    for (; (curve.steps[index] ?? Infinity) <= to; index++) {
      if ((curve.steps[index] as number) <= from) continue;
      sum += curve.values[index] as number;
      count++;
    }
    return count > 0 ? sum / count : undefined;
  };
}
