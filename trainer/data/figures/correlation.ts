/** Whether features say the same. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { DataEvent } from "../../../telemetry/events.ts";
import { scalar } from "../../probe/rounding.ts";
import { spread } from "../../random.ts";
import type { Rows } from "./rows.ts";

const MOST_FEATURES = 256;
const MOST_ROWS = 2000;
/** Products of two values; bounds the rows where there are many features. */
const MOST_PRODUCTS = 32_000_000;
/** An eigenvalue below this share of the largest is nothing but rounding. */
const NEGLIGIBLE = 1e-12;

/**
 * Of up to 2,000 rows, fewer with more than 126 features, that are spread evenly. Rows with invalid values and features
 * of one value are left out. The condition is infinite where a feature is a linear combination of others.
 * @returns undefined for pictures, for more than 256 features, and where fewer than two vary
 */
export function correlation(
  { rows, inputs }: Rows,
  shape: readonly number[],
): DataEvent["correlation"] {
  const features = shape[0]!;
  if (shape.length > 1 || features < 2 || features > MOST_FEATURES) return undefined;
  const most = Math.min(MOST_ROWS, Math.floor(MOST_PRODUCTS / features ** 2));
  const standard = standardColumns(inputs, spread(rows, most), features);
  if (standard.length < 2) return undefined;
  const matrix = correlations(standard);
  let largest = 0;
  for (let i = 0; i < standard.length; i++) {
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(matrix.get(i, j)));
  }
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const [least, greatest] = [Math.min(...realEigenvalues), Math.max(...realEigenvalues)];
  const singular = least <= NEGLIGIBLE * greatest;
  return {
    largest: scalar(Math.min(1, largest)),
    condition: singular ? Number.POSITIVE_INFINITY : scalar(greatest / least),
  };
}

/** Of mean 0 and length 1, without those that are constant. */
function standardColumns(
  inputs: Float32Array,
  sample: Uint32Array,
  features: number,
): Float64Array[] {
  const valid = sample.filter((row) =>
    inputs.subarray(row * features, (row + 1) * features).every(Number.isFinite),
  );
  return Array.from({ length: features }, (_, c) => {
    const column = Float64Array.from(valid, (row) => inputs[row * features + c]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    if (column.every((value) => value === column[0])) return new Float64Array(0);
    const centered = column.map((value) => value - mean);
    const length = Math.hypot(...centered);
    return centered.map((value) => value / length);
  }).filter(({ length }) => length > 0);
}

function correlations(columns: Float64Array[]): Matrix {
  const matrix = Matrix.eye(columns.length);
  for (const [i, a] of columns.entries()) {
    for (let j = 0; j < i; j++) {
      const value = dot(a, columns[j]!);
      matrix.set(i, j, value);
      matrix.set(j, i, value);
    }
  }
  return matrix;
}

/** In four sums that do not wait for one another. */
function dot(a: Float64Array, b: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
    third += a[i + 2]! * b[i + 2]!;
    fourth += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) first += a[i]! * b[i]!;
  return first + second + third + fourth;
}
