import { expect, it } from "vitest";
import { clipScale, shape } from "../../../../trainer/optimizers/shape.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";

const G = [3, -4, 1.5, -2.5];
const NORM = 5.787918;

function shaped(
  clipValue: number,
  gradient = G,
  { weights = [0, 0, 0, 0], l1 = 0, l2 = 0 }: { weights?: number[]; l1?: number; l2?: number } = {},
) {
  const g = Float64Array.from(gradient);
  const squares = new Squares();
  shape(g, Float64Array.from(weights), { l1, l2 }, clipValue, squares);
  return { g: [...g], squares };
}

it.each([
  [3, [3, -3, 1.5, -2.5], 8.07],
  [1, [1, -1, 1, -1], 18.15],
  [5, G, 0],
])("caps elements to ±%d and may turn the gradient (S3-18)", (cap, expected, degrees) => {
  const { g, squares } = shaped(cap);
  expect(g).toEqual(expected);
  const dot = g.reduce((sum, x, i) => sum + x * G[i]!, 0);
  const cosine = dot / Math.sqrt(squares.gradient * squares.clipped);
  expect((Math.acos(Math.min(1, cosine)) * 180) / Math.PI).toBeCloseTo(degrees, 2);
});

it.each([
  [5, 0.8638684],
  [1, 0.1727737],
  [3, 0.5183211],
])("scales down to norm %d (S3-19, S3-33)", (limit, expected) => {
  const norm = Math.sqrt(shaped(Number.POSITIVE_INFINITY).squares.clipped);
  expect(norm).toBeCloseTo(NORM, 6);
  expect(clipScale(norm, limit)).toBeCloseTo(expected, 7);
});

it("gives the worked example's vector, of norm 3 (S3-33)", () => {
  const scale = clipScale(Math.sqrt(shaped(9).squares.clipped), 3);
  const clipped = G.map((x) => x * scale);
  [1.5549632, -2.0732842, 0.7774816, -1.2958026].forEach((x, i) => {
    expect(clipped[i]).toBeCloseTo(x, 6);
  });
  expect(Math.hypot(...clipped)).toBeCloseTo(3, 12);
});

it("changes not one bit below the threshold", () => {
  expect(clipScale(4.999, 5)).toBe(1);
  expect(clipScale(5, 5)).toBe(1);
  const gradient = [0.1, -1e-20, 1e-38, -0];
  expect(shaped(5, gradient).g).toEqual(gradient);
});

it("adds 2 · l2 · w (S0-22), before the cap", () => {
  const weights = [1, -2, 3];
  const { g } = shaped(Number.POSITIVE_INFINITY, [0, 0, 0], { weights, l2: 0.001 });
  [0.002, -0.004, 0.006].forEach((x, i) => {
    expect(g[i]).toBeCloseTo(x, 12);
  });
  const { g: capped, squares } = shaped(1, [0.5], { weights: [3], l2: 0.5 });
  expect(capped).toEqual([1]);
  expect(squares).toMatchObject({ gradient: 12.25, clipped: 1 });
});

it("is the slope of the penalty l1 · Σ|w| + l2 · Σw²", () => {
  const penalty = (w: number) => 0.1 * Math.abs(w) + 0.3 * w * w;
  const weights = [1, -2, 3, 0];
  const { g } = shaped(Number.POSITIVE_INFINITY, [0, 0, 0, 0], { weights, l1: 0.1, l2: 0.3 });
  for (const [i, w] of weights.entries()) {
    // Where |w| has its corner, 0 lies between the slopes.
    expect(g[i]).toBeCloseTo((penalty(w + 1e-6) - penalty(w - 1e-6)) / 2e-6, 6);
  }
});

it("keeps NaN", () => {
  expect(shaped(1, [Number.NaN]).g).toEqual([Number.NaN]);
  expect(clipScale(Number.NaN, 1)).toBeNaN();
});
