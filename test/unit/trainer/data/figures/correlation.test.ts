import { expect, it } from "vitest";
import { correlation } from "../../../../../trainer/data/figures/correlation.ts";
import { stream } from "../../../../../trainer/random.ts";

const part = (rows: number[][]) => ({
  rows: rows.length,
  inputs: Float32Array.from(rows.flat()),
  targets: new Float32Array(rows.length),
});

it("of two features: r, and (1 + r) / (1 − r)", () => {
  // Covariance 1.5, variances 1.25 and 2.25 by hand.
  const rows = part([
    [1, 1],
    [2, 4],
    [3, 2],
    [4, 5],
  ]);
  const r = 5 / Math.sqrt(5 * 10);
  const figures = correlation(rows, [2]);
  expect(figures?.largest).toBeCloseTo(r, 6);
  expect(figures?.condition).toBeCloseTo((1 + r) / (1 - r), 4);
});

it("S4-14: sees two of three features that nearly say the same, whatever their scale", () => {
  const { normal } = stream(1, "test");
  const rows = Array.from({ length: 500 }, () => {
    const first = normal();
    return [3 + 2 * first, 100 * (-1 + 2 * first + 0.12 * normal()), 0.5 * normal()];
  });
  const figures = correlation(part(rows), [3])!;
  // r = 1 / √(1 + 0.06²) = 0.9982 in the limit, and (1 + r) / (1 − r) = 1111.
  expect(figures.largest).toBeGreaterThan(0.95);
  expect(figures.condition).toBeGreaterThan(1000);
  expect(figures.condition).toBeLessThan(1250);
});

it("gives independent features a condition near 1", () => {
  const { normal } = stream(2, "test");
  const rows = Array.from({ length: 2000 }, () => [normal(), normal(), normal()]);
  expect(correlation(part(rows), [3])!.condition).toBeLessThan(1.3);
});

it("is infinite where a feature is made of others, and leaves constant ones and invalid rows out", () => {
  const { normal } = stream(2, "test");
  const rows = Array.from({ length: 100 }, () => {
    const [a, b] = [Math.round(64 * normal()), Math.round(64 * normal())];
    return [a, b, a + b, 7];
  });
  rows[3]![1] = Number.NaN;
  const figures = correlation(part(rows), [4]);
  expect(figures?.condition).toBe(Number.POSITIVE_INFINITY);
  expect(figures?.largest).toBeLessThan(1);
});

it("says nothing of pictures, single features and constants", () => {
  const rows = part([
    [1, 2, 5, 6],
    [1, 3, 4, 9],
  ]);
  expect(correlation(rows, [2, 2, 1])).toBeUndefined();
  expect(correlation(part([[1], [2]]), [1])).toBeUndefined();
  expect(
    correlation(
      part([
        [1, 2],
        [1, 3],
      ]),
      [2],
    ),
  ).toBeUndefined();
});
