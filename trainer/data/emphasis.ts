/** Shows examples with a high loss more often (LeCun et al. 1998, "Efficient BackProp", 4.2). */
import type { EpochEvent } from "../../telemetry/events.ts";
import type { Stream } from "../random.ts";

export interface Emphasis {
  /** Examples are drawn in proportion to their loss to this power. */
  power: number;
  /** A loss counts as at most this many times the mean: outliers are often wrong labels. */
  cap: number;
}

/** Share of the mean weight that every row has at least: what is fitted now may be forgotten later. */
const LEAST = 0.01;

/**
 * Fills `order` with row numbers, drawn with replacement, row i with probability ∝ min(lossᵢ, cap · mean loss)^power.
 * @param rowLosses one a row; NaN for one that was not seen, which counts as the mean
 */
export function drawByLoss(
  order: Uint32Array,
  rowLosses: Float32Array,
  { power, cap }: Emphasis,
  draw: Stream,
): void {
  const weights = weightsOf(rowLosses, power, cap);
  const least = LEAST * meanOf(weights);
  let sum = 0;
  const upTo = weights.map((weight) => {
    sum += Math.max(weight, least);
    return sum;
  });
  for (let i = 0; i < order.length; i++) order[i] = firstAbove(upTo, draw.uniform() * sum);
}

/** Rows that are named at most. */
const MOST_NAMED = 20;

/**
 * Which rows take the draws of a pass: the share that went to the most drawn 1 % of rows, and these rows, the most drawn
 * first, at most 20.
 * @returns undefined for a pass that took every row once
 */
export function emphasized(order: Uint32Array): EpochEvent["emphasized"] {
  const draws = new Uint32Array(order.length);
  for (const row of order) draws[row]!++;
  if (draws.every((count) => count === 1)) return undefined;
  const most = Uint32Array.from(draws.keys())
    .sort((a, b) => draws[b]! - draws[a]! || a - b)
    .subarray(0, Math.ceil(order.length / 100));
  const share = most.reduce((sum, row) => sum + draws[row]!, 0) / order.length;
  return { share, rows: [...most.subarray(0, MOST_NAMED)] };
}

function weightsOf(rowLosses: Float32Array, power: number, cap: number): Float64Array {
  const mean = meanOf(rowLosses.filter(Number.isFinite));
  if (!(mean > 0)) return new Float64Array(rowLosses.length).fill(1);
  return Float64Array.from(rowLosses, (loss) => {
    const known = Number.isNaN(loss) ? mean : Math.max(0, loss);
    return Math.min(known / mean, cap) ** power;
  });
}

function meanOf(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** @param rising not falling, the last one above `value` @returns index of the first number above `value` */
function firstAbove(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
