/** How large the features are, one by one: those of different scale learn at different speeds. */
import type { DataEvent } from "../../../telemetry/events.ts";
import { scalar } from "../../probe/rounding.ts";
import { spread } from "../../random.ts";
import type { Rows } from "./rows.ts";

/** Enough to tell scales apart, few enough for a few hundredths of a second. */
const MOST_VALUES = 2_000_000;

interface Figures {
  mean: number;
  std: number;
  rms: number;
}

/**
 * Population figures of up to 2 million values, in rows that are spread evenly; invalid values are left out. A column of
 * a table is `feature 0`; a channel of pictures is one feature with all its pixels, `channel 0`. Features of one value count
 * for the largest only: a column of zeros is no matter of scale. Where there is nothing else, they count for all.
 */
export function featureScale(
  { rows, inputs }: Rows,
  shape: readonly number[],
): NonNullable<DataEvent["featureScale"]> {
  const features = shape.at(-1)!;
  const width = inputs.length / rows;
  const sample = spread(rows, Math.max(1, Math.floor(MOST_VALUES / width)));
  const all = figuresOf(inputs, sample, width, features);
  const varying = all.filter(({ std }) => std > 0);
  const sizes = (varying.length > 0 ? varying : all).map(({ rms }) => rms).sort((a, b) => a - b);
  let largest = 0;
  for (const [i, { rms }] of all.entries()) if (rms > all[largest]!.rms) largest = i;
  const { mean, std, rms } = all[largest]!;
  const feature = `${shape.length > 1 ? "channel" : "feature"} ${largest}`;
  return {
    largest: { feature, mean: scalar(mean), std: scalar(std) },
    largestRms: scalar(rms),
    smallestRms: scalar(sizes[0]!),
    medianRms: scalar(sizes[Math.floor(sizes.length / 2)]!),
    constant: all.length - varying.length,
  };
}

/** Of each feature; the features of a row lie side by side, and again behind those. 0 where there is no valid value. */
function figuresOf(
  inputs: Float32Array,
  sample: Uint32Array,
  width: number,
  features: number,
): Figures[] {
  const counts = new Float64Array(features);
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  const lows = new Float32Array(features).fill(Number.POSITIVE_INFINITY);
  const highs = new Float32Array(features).fill(Number.NEGATIVE_INFINITY);
  for (const row of sample) {
    for (let at = row * width, end = at + width; at < end; ) {
      for (let c = 0; c < features; c++, at++) {
        const value = inputs[at]!;
        if (value - value !== 0) continue;
        counts[c]!++;
        sums[c]! += value;
        if (value < lows[c]!) lows[c] = value;
        if (value > highs[c]!) highs[c] = value;
      }
    }
  }
  const means = sums.map((sum, c) => sum / Math.max(1, counts[c]!));
  for (const row of sample) {
    for (let at = row * width, end = at + width; at < end; ) {
      for (let c = 0; c < features; c++, at++) {
        const difference = inputs[at]! - means[c]!;
        if (difference - difference === 0) squares[c]! += difference * difference;
      }
    }
  }
  return Array.from(means, (mean, c) => {
    // Rounding would leave a constant of large numbers with a tiny deviation.
    const varies = lows[c]! < highs[c]!;
    const std = varies ? Math.sqrt(squares[c]! / counts[c]!) : 0;
    return { mean, std, rms: Math.hypot(mean, std) };
  });
}
