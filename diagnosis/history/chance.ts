/** What a model reaches that has learned nothing about the inputs: the ruler of all that is said about progress. */
import type { DataEvent, RunEvent } from "../../telemetry/events.ts";

export interface Chance {
  /** Of the best constant prediction; NaN where it is not known. */
  loss: number;
  /** Of always naming the most frequent class; NaN for other targets. */
  accuracy: number;
}

/**
 * @returns the entropy of the labels for cross-entropies (ln C for C balanced classes: lesson 001, S1-01; CS231n), the
 * variance of the targets for squared errors, their mean absolute deviation for absolute ones
 */
export function chanceOf(run: RunEvent | undefined, data: DataEvent | undefined): Chance {
  const shares = sharesOf(run, data);
  const accuracy = shares.length > 0 ? Math.max(...shares) : Number.NaN;
  return { loss: lossOf(run, data, shares), accuracy };
}

/** Share of each class; all alike where only their number is known. */
function sharesOf(run: RunEvent | undefined, data: DataEvent | undefined): number[] {
  const labels = data?.labels ?? [];
  const total = labels.reduce((sum, { count }) => sum + count, 0);
  if (total > 0) return labels.map(({ count }) => count / total);
  const classes = run?.classes ?? 0;
  return classes > 1 ? Array.from({ length: classes }, () => 1 / classes) : [];
}

function lossOf(
  run: RunEvent | undefined,
  data: DataEvent | undefined,
  shares: readonly number[],
): number {
  const targets = data?.targets;
  switch (run?.loss) {
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy":
      if (targets?.kind === "labels") return Number.NaN;
      return shares.length > 0 ? entropy(shares) : Number.NaN;
    case "binaryCrossentropy":
      if (targets?.kind === "labels") return entropy([targets.mean, 1 - targets.mean]);
      return shares.length > 0 ? entropy(shares) : Number.NaN;
    case "meanSquaredError":
      return targets?.variance ?? Number.NaN;
    case "meanAbsoluteError":
      return targets?.deviation ?? Number.NaN;
    default:
      return Number.NaN;
  }
}

/** In nats: −Σ p ln p. */
function entropy(shares: readonly number[]): number {
  return shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}
