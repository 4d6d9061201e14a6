import { expect, it } from "vitest";
import { standardize } from "../../../../../trainer/data/scaling/standardize.ts";

it("uses the figures of the training rows only", () => {
  const scale = standardize(Float32Array.of(0, 2), [1]);
  const others = Float32Array.of(0, 2, 100);
  scale(others);
  expect([...others]).toEqual([-1, 1, 99]);
});

it("makes a column that is constant in training 0 everywhere", () => {
  const inputs = Float32Array.of(7, 0.1, 7, 0.1, 9, 0.1);
  standardize(inputs.slice(0, 4), [2])(inputs);
  expect([...inputs]).toEqual([0, 0, 0, 0, 0, 0]);
});

it("S3-27: gives mean 0 and deviation 1 to inputs like N(3, 5)", () => {
  const inputs = Float32Array.from({ length: 999 }, (_, i) => Math.sin(i) * 7 + 3);
  standardize(inputs, [1])(inputs);
  const mean = inputs.reduce((sum, x) => sum + x, 0) / 999;
  const variance = inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 999;
  expect(Math.abs(mean)).toBeLessThan(1e-6);
  expect(variance).toBeCloseTo(1, 5);
});

it("has one mean and deviation for each channel of pictures", () => {
  // Two pictures of 1 × 2 pixels; the channels are 0 2 4 6 and 10 10 30 30.
  const inputs = Float32Array.of(0, 10, 2, 10, 4, 30, 6, 30);
  standardize(inputs, [1, 2, 2])(inputs);
  const outer = Math.fround(3 / Math.sqrt(5));
  const inner = Math.fround(1 / Math.sqrt(5));
  expect([...inputs]).toEqual([-outer, -1, -inner, -1, inner, 1, outer, 1]);
});
