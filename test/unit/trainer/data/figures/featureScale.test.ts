import { expect, it } from "vitest";
import { featureScale } from "../../../../../trainer/data/figures/featureScale.ts";

const rowsOf = (rows: number[][]) => ({
  rows: rows.length,
  inputs: Float32Array.from(rows.flat()),
  targets: new Float32Array(rows.length),
});

it("finds the largest and smallest feature, each by its root mean square", () => {
  // Root mean squares: 0.01, 5 (mean 3, deviation 4), 1.
  const rows = rowsOf([
    [0.01, 7, 1],
    [-0.01, -1, -1],
  ]);
  expect(featureScale(rows, [3])).toEqual({
    largest: { feature: "feature 1", mean: 3, std: 4 },
    largestRms: 5,
    smallestRms: 0.01,
    medianRms: 1,
    constant: 0,
  });
});

it("counts constant features, which are small without being badly scaled", () => {
  const rows = rowsOf([
    [0, 1, 1000],
    [0, -1, 1000],
  ]);
  expect(featureScale(rows, [3])).toEqual({
    largest: { feature: "feature 2", mean: 1000, std: 0 },
    largestRms: 1000,
    smallestRms: 1,
    medianRms: 1,
    constant: 2,
  });
});

it("takes the pixels of a channel together", () => {
  // One picture of 1 × 2 pixels in two channels, and another.
  const rows = rowsOf([
    [0, 10, 4, 30],
    [0, 10, 4, 30],
  ]);
  const figures = featureScale(rows, [1, 2, 2]);
  expect(figures.largest).toEqual({ feature: "channel 1", mean: 20, std: 10 });
  expect(figures.smallestRms).toBeCloseTo(Math.sqrt(8), 5);
});

it("leaves invalid values out", () => {
  const rows = rowsOf([
    [1, Number.NaN],
    [-1, Number.NaN],
    [Number.POSITIVE_INFINITY, 2],
    [Number.NaN, -2],
  ]);
  const figures = featureScale(rows, [2]);
  expect(figures).toMatchObject({ largestRms: 2, smallestRms: 1, constant: 0 });
});
