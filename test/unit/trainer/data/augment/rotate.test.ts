import { expect, it } from "vitest";
import { rotate } from "../../../../../trainer/data/augment/rotate.ts";

// Figures of Pillow 9.4, Image.rotate with bilinear resampling.
const IMAGE = Float32Array.of(
  ...[0.021, 0.838, 0.556, 0.642, 0.186, 0.993, 0.86, 0.121, 0.333, 0.721, 0.711, 0.936, 0.422],
  ...[0.83, 0.67, 0.303, 0.588, 0.882, 0.846, 0.505, 0.589, 0.035, 0.243, 0.797, 0.414],
);
const QUARTER = [
  ...[0.186, 0.721, 0.67, 0.505, 0.414, 0.642, 0.333, 0.83, 0.846, 0.797, 0.556, 0.121, 0.422],
  ...[0.882, 0.243, 0.838, 0.86, 0.936, 0.588, 0.035, 0.021, 0.993, 0.711, 0.303, 0.589],
];
const BY_30_INSIDE = [0.48949, 0.28046, 0.66294, 0.81406, 0.422, 0.81308, 0.71823, 0.7275, 0.71398];

function rotated(degrees: number): Float32Array {
  const to = new Float32Array(25);
  rotate(IMAGE, to, [5, 5, 1], degrees);
  return to;
}

it("turns counter-clockwise by a quarter", () => {
  for (const [i, value] of rotated(90).entries()) expect(value).toBeCloseTo(QUARTER[i]!, 6);
});

it("interpolates in between", () => {
  const inside = [6, 7, 8, 11, 12, 13, 16, 17, 18];
  const values = rotated(30);
  for (const [i, at] of inside.entries()) expect(values[at]).toBeCloseTo(BY_30_INSIDE[i]!, 4);
});

it("keeps the middle, and takes the edge for what lies outside", () => {
  const values = rotated(45);
  expect(values[12]).toBeCloseTo(0.422, 6);
  expect(Math.min(...values)).toBeGreaterThan(0.02);
});
