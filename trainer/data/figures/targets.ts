/** What the network is to put out: its range, and how well constants would do. */
import type { DataEvent } from "../../../telemetry/events.ts";
import { scalar } from "../../probe/rounding.ts";
import { spread } from "../../random.ts";
import type { Kind, Rows } from "./rows.ts";
import { type Scan, scan } from "./scan.ts";

/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const ROBUST = 1.4826;
const FAR = 10;
/** Rows that a median is taken of. */
const MOST_ROWS = 10_000;

/**
 * Invalid values are left out. `variance` and `deviation` are what a constant leaves of the mean squared and the mean
 * absolute error. Medians are those of up to 10,000 rows that are spread evenly. Where more than half of a column is
 * one number, it has no robust deviation and no outliers.
 * @param all of these targets
 */
export function targetFigures(
  part: Rows,
  kind: Kind,
  all: Scan,
): NonNullable<DataEvent["targets"]> {
  const outputs = part.targets.length / part.rows;
  const sample = spread(part.rows, MOST_ROWS);
  const far = new Uint8Array(part.rows);
  let [variance, deviation] = [0, 0];
  for (let output = 0; output < outputs; output++) {
    const column = columnOf(part, outputs, output);
    const center = medianAt(sample, (row) => column[row]!);
    variance += scan(column).std ** 2 / outputs;
    deviation += meanDistance(column, center) / outputs;
    if (kind === "number") {
      const mad = medianAt(sample, (row) => Math.abs(column[row]! - center));
      markOutliers(column, center, FAR * ROBUST * mad, far);
    }
  }
  return {
    kind,
    outputs,
    mean: scalar(all.mean),
    std: scalar(all.std),
    min: scalar(all.min),
    max: scalar(all.max),
    variance: scalar(variance),
    deviation: scalar(deviation),
    outliers: scalar(far.reduce((sum, is) => sum + is, 0) / part.rows),
  };
}

function columnOf({ rows, targets }: Rows, outputs: number, output: number): Float32Array {
  const column = new Float32Array(rows);
  for (let row = 0; row < rows; row++) column[row] = targets[row * outputs + output]!;
  return column;
}

function medianAt(sample: Uint32Array, value: (row: number) => number): number {
  const valid = Float64Array.from(sample, value).filter(Number.isFinite).sort();
  const middle = valid.length >> 1;
  if (valid.length % 2 === 1) return valid[middle]!;
  return (valid[middle - 1]! + valid[middle]!) / 2;
}

function meanDistance(column: Float32Array, from: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    const distance = Math.abs(column[i]! - from);
    if (!Number.isFinite(distance)) continue;
    sum += distance;
    count++;
  }
  return sum / count;
}

/** @param most that lies near @param far set to 1 for rows that lie further out */
function markOutliers(column: Float32Array, center: number, most: number, far: Uint8Array): void {
  if (!(most > 0)) return;
  for (let row = 0; row < column.length; row++) {
    if (Math.abs(column[row]! - center) > most) far[row] = 1;
  }
}
