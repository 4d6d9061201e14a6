/** What the last layer puts out. */
import type { InitialEvent } from "../../telemetry/events.ts";
import { scalar } from "./rounding.ts";

/**
 * Population figures over all values; `spread` is the deviation over the rows, the mean over the units: 0 where every
 * example gets the same answer.
 * @param values `rows × units`
 */
export function outputFigures(values: Float32Array, units: number): InitialEvent["outputs"] {
  const sums = new Float64Array(units);
  const squares = new Float64Array(units);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sums[i % units]! += value;
    // NaN has to show.
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const rows = values.length / units;
  const means = sums.map((sum) => sum / rows);
  for (let i = 0; i < values.length; i++)
    squares[i % units]! += (values[i]! - means[i % units]!) ** 2;
  const mean = means.reduce((sum, each) => sum + each, 0) / units;
  // Variance within the units and between them.
  const within = squares.reduce((sum, each) => sum + each, 0) / values.length;
  const between = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / units;
  const spread = squares.reduce((sum, each) => sum + Math.sqrt(each / rows), 0) / units;
  return {
    mean: scalar(mean),
    std: scalar(Math.sqrt(within + between)),
    min: scalar(min),
    max: scalar(max),
    spread: scalar(spread),
  };
}
