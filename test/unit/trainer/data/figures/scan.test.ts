import { expect, it } from "vitest";
import { scan } from "../../../../../trainer/data/figures/scan.ts";

it("gives mean, population deviation and range", () => {
  // Deviations from 5: −3 −1 −1 −1 0 0 2 4, squares 32 over 8 rows.
  const figures = scan(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9));
  expect(figures).toEqual({ mean: 5, std: 2, min: 2, max: 9, invalid: 0, firstInvalid: -1 });
});

it("leaves NaN and infinities out, and says how many there are and where the first is", () => {
  const values = new Float32Array(10_000).fill(3);
  values[0] = 1;
  values[1] = 5;
  values.set([Number.NaN, Number.POSITIVE_INFINITY], 5000);
  values[9999] = Number.NEGATIVE_INFINITY;
  const figures = scan(values);
  expect(figures).toMatchObject({ min: 1, max: 5, invalid: 3, firstInvalid: 5000 });
  expect(figures.mean).toBeCloseTo(3, 12);
  expect(figures.std).toBeCloseTo(Math.sqrt(8 / 9997), 12);
});

it("has no figures without a valid value", () => {
  const none = { mean: Number.NaN, std: Number.NaN, min: Number.NaN, max: Number.NaN };
  expect(scan(Float32Array.of(Number.NaN, Number.NaN))).toEqual({
    ...none,
    invalid: 2,
    firstInvalid: 0,
  });
});

it("gives a large constant no deviation", () => {
  expect(scan(new Float32Array(1000).fill(123456.7)).std).toBe(0);
});
