/** One pass over many values: their moments and range, and those that are no numbers to compute with. */
import { momentsOf } from "../../probe/moments.ts";

export interface Scan {
  /** Of the valid values; NaN without any. */
  mean: number;
  /** Population standard deviation. */
  std: number;
  min: number;
  max: number;
  /** NaN or infinite. */
  invalid: number;
  /** Index of the first of those, −1 for none. */
  firstInvalid: number;
}

/** What the processor's nearest caches hold. */
const BLOCK = 4096;

/** In 64 bits: where the mean is a million times the deviation, that has four digits. */
export function scan(values: Float32Array): Scan {
  let sum = 0;
  let squares = 0;
  let invalid = 0;
  let firstInvalid = -1;
  const range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  for (let from = 0; from < values.length; from += BLOCK) {
    let block = values.subarray(from, from + BLOCK);
    let figures = momentsOf(block);
    // The sum of 32-bit numbers in 64 bits is finite exactly where all of them are.
    if (!Number.isFinite(figures.sum)) {
      if (invalid === 0) firstInvalid = from + block.findIndex((value) => !Number.isFinite(value));
      const valid = block.filter(Number.isFinite);
      invalid += block.length - valid.length;
      block = valid;
      figures = momentsOf(block);
    }
    sum += figures.sum;
    squares += figures.squares;
    widen(range, block);
  }
  const count = values.length - invalid;
  if (count === 0) Object.assign(range, { min: Number.NaN, max: Number.NaN });
  const mean = sum / count;
  const variance = squares / count - mean * mean;
  // Rounding would leave a large constant with a deviation.
  const std = range.min === range.max ? 0 : Math.sqrt(Math.max(0, variance));
  return { mean, std, ...range, invalid, firstInvalid };
}

/** A function of its own, called for each block: the engine compiles it at once, and not at the end of a long loop. */
function widen(range: { min: number; max: number }, block: Float32Array): void {
  let { min, max } = range;
  for (let i = 0; i < block.length; i++) {
    const value = block[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  range.min = min;
  range.max = max;
}
