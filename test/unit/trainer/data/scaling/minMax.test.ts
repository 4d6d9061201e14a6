import { expect, it } from "vitest";
import { minMax } from "../../../../../trainer/data/scaling/minMax.ts";

it("brings the training rows to 0 … 1 by column, and others by the same rule", () => {
  const scale = minMax(Float32Array.of(-2, 5, 2, 5, 0, 5), [2]);
  const rows = Float32Array.of(-2, 5, 0, 7, 2, 5, 4, 5);
  scale(rows);
  expect([...rows]).toEqual([0, 0, 0.5, 0, 1, 0, 1.5, 0]);
});

it("takes all pixels of a channel together", () => {
  const inputs = Float32Array.of(0, 51, 255, 102);
  minMax(inputs, [2, 2, 1])(inputs);
  expect([...inputs].map((x) => Math.round(x * 10) / 10)).toEqual([0, 0.2, 1, 0.4]);
});
