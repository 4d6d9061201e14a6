/** What figures of the data say about wrong labels and wild targets. */
import type { DataEvent } from "../../telemetry/events.ts";

/** Of shares p and q, measured on n and m examples. */
export function standardErrorOfDifference(p: number, n: number, q: number, m: number): number {
  return Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
}

/**
 * Share of the training labels that are wrong, where those of validation are right: a nearest neighbour (Cover and
 * Hart 1967) with a wrong label misleads one row in validation, a row of training can besides be wrong itself. So of
 * what validation agrees beyond chance, training loses just that share.
 */
export function wrongLabelShare(neighbours: NonNullable<DataEvent["neighbours"]>): number {
  const { train, validation, chance } = neighbours;
  if (validation === null || validation <= chance) return Number.NaN;
  return Math.min(1, Math.max(0, 1 - (train - chance) / (validation - chance)));
}

/** Mean absolute over standard deviation of a normal distribution: √(2 / π). */
const NORMAL = Math.sqrt(2 / Math.PI);

/**
 * Times as large as without its outliers that the variance of quantities is. Two equations for two unknowns, the
 * deviation of normal inliers and the distance of the outliers: the mean absolute deviation grows with that distance,
 * the variance with its square.
 * @returns at least 1; NaN where the figures contradict one another
 */
export function varianceInflation({
  variance,
  deviation,
  outliers,
}: Pick<NonNullable<DataEvent["targets"]>, "variance" | "deviation" | "outliers">): number {
  if (!(outliers > 0)) return 1;
  const a = 1 - outliers + ((1 - outliers) * NORMAL) ** 2 / outliers;
  const b = (-2 * (1 - outliers) * NORMAL * deviation) / outliers;
  const c = deviation ** 2 / outliers - variance;
  const root = b * b - 4 * a * c;
  if (root < 0) return Number.NaN;
  const inlierStd = (-b - Math.sqrt(root)) / (2 * a);
  // What is left for the inliers is smaller than rounding: the outliers are all there is.
  if (!(inlierStd > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(1, variance / inlierStd ** 2);
}
