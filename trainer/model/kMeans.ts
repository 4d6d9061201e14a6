/** Places of clusters. */
import type { Stream } from "../random.ts";

/** Numbers in rows of equal length. */
export type Rows = readonly Float32Array[];

/** Lloyd's algorithm settles long before; this bounds the rest. */
const ROUNDS = 100;

/** @returns the rows that differ, each once, in their order */
export function distinct(rows: Rows): Float32Array[] {
  return [...new Map(rows.map((row) => [row.join(), row])).values()];
}

/**
 * Means of clusters (Lloyd 1982), started far apart (k-means++, Arthur and Vassilvitskii 2007).
 * @param count of the clusters, at most that of the rows that differ
 * @returns `count` rows
 */
export function kMeans(rows: Rows, count: number, stream: Stream): Float32Array[] {
  let centers = spread(rows, count, stream);
  let assigned: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = assigned;
    assigned = rows.map((row) => nearest(row, centers));
    if (assigned.every((cluster, i) => cluster === before[i])) break;
    centers = centers.map((center, cluster) => {
      const members = rows.filter((_, i) => assigned[i] === cluster);
      return members.length > 0 ? mean(members) : center;
    });
  }
  return centers;
}

/** The first at random, each other one in proportion to its squared distance to the nearest of those before. */
function spread(rows: Rows, count: number, { uniform }: Stream): Float32Array[] {
  const centers = [rows[Math.floor(uniform() * rows.length)]!];
  let squares = rows.map(() => Number.POSITIVE_INFINITY);
  while (centers.length < count) {
    const last = centers.at(-1)!;
    squares = squares.map((square, i) => Math.min(square, squaredDistance(rows[i]!, last)));
    let rest = uniform() * squares.reduce((sum, square) => sum + square, 0);
    const chosen = squares.findIndex((square) => {
      rest -= square;
      return square > 0 && rest <= 0;
    });
    // Rounding may leave a rest behind the last one.
    centers.push(rows[chosen < 0 ? squares.findLastIndex((square) => square > 0) : chosen]!);
  }
  return centers;
}

/** Place of the nearest centre. */
function nearest(row: Float32Array, centers: Rows): number {
  const squares = centers.map((center) => squaredDistance(row, center));
  return squares.indexOf(Math.min(...squares));
}

/** ‖a − b‖². */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

function mean(rows: Rows): Float32Array {
  const sums = new Float64Array(rows[0]!.length);
  for (const row of rows) for (let i = 0; i < sums.length; i++) sums[i]! += row[i]!;
  return Float32Array.from(sums, (sum) => sum / rows.length);
}
