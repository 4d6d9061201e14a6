import { expect, it } from "vitest";
import { outputFigures } from "../../../../trainer/probe/outputs.ts";

it("gives figures over all, and the deviation over the examples", () => {
  // Units: 1 3 (deviation 1) and 0 8 (deviation 4); all: mean 3, squares 4 0 9 25.
  expect(outputFigures(Float32Array.of(1, 0, 3, 8), 2)).toEqual({
    mean: 3,
    std: 3.082207,
    min: 0,
    max: 8,
    spread: 2.5,
  });
});

it("has no spread where every example gets the same answer", () => {
  expect(outputFigures(Float32Array.of(0, 9, 0, 9, 0, 9), 2)).toEqual({
    mean: 4.5,
    std: 4.5,
    min: 0,
    max: 9,
    spread: 0,
  });
});

it("shows NaN", () => {
  const { mean, min, spread } = outputFigures(Float32Array.of(1, Number.NaN), 1);
  expect([mean, min, spread]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
