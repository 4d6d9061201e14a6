import { expect, it } from "vitest";
import { standardize } from "../../../../trainer/data/standardize.ts";

it("uses the figures of the training rows only", () => {
  const inputs = Float32Array.of(0, 2, 100);
  standardize(inputs, 1, Uint32Array.of(0, 1));
  expect([...inputs]).toEqual([-1, 1, 99]);
});

it("makes a column that is constant in training 0 everywhere", () => {
  const inputs = Float32Array.of(7, 0.1, 7, 0.1, 9, 0.1);
  standardize(inputs, 2, Uint32Array.of(0, 1));
  expect([...inputs]).toEqual([0, 0, 0, 0, 0, 0]);
});

it("gives mean 0 and deviation 1", () => {
  const inputs = Float32Array.from({ length: 999 }, (_, i) => Math.sin(i) * 40 + 1000);
  const rows = Uint32Array.from({ length: 999 }, (_, i) => i);
  standardize(inputs, 1, rows);
  const mean = inputs.reduce((sum, x) => sum + x, 0) / 999;
  const variance = inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 999;
  expect(mean).toBeCloseTo(0, 5);
  expect(variance).toBeCloseTo(1, 4);
});
