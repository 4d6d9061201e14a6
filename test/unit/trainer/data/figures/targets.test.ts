import { expect, it } from "vitest";
import { scan } from "../../../../../trainer/data/figures/scan.ts";
import { targetFigures } from "../../../../../trainer/data/figures/targets.ts";
import { stream } from "../../../../../trainer/random.ts";

function figuresOf(values: number[], outputs: number, kind: "class" | "number") {
  const targets = Float32Array.from(values);
  const rows = { rows: values.length / outputs, inputs: new Float32Array(0), targets };
  return targetFigures(rows, kind, scan(targets));
}

it("says what the best constant leaves of squared and of absolute error", () => {
  // All: mean of squares 11.75, so a variance of 11.75 − 2.25². Column 1: mean 2.5, squares 2.25 .25 .25 2.25; median 2.5. Column 2: mean 2, median 0, squares 4 4 4 36.
  expect(figuresOf([1, 0, 2, 0, 3, 0, 4, 8], 2, "number")).toEqual({
    kind: "number",
    outputs: 2,
    mean: 2.25,
    std: 2.58602,
    min: 0,
    max: 8,
    variance: (1.25 + 12) / 2,
    deviation: (1 + 2) / 2,
    outliers: 0,
  });
});

it("of C even classes in one-hot columns, leaves (C − 1) / C²", () => {
  const oneHot = Array.from({ length: 40 }, (_, i) => (i % 4 === Math.floor(i / 4) % 4 ? 1 : 0));
  const figures = figuresOf(oneHot, 4, "class");
  expect(figures.outliers).toBe(0);
  const shares = [3, 3, 2, 2].map((count) => count / 10);
  const expected = shares.reduce((sum, p) => sum + p * (1 - p), 0) / 4;
  expect(figures.variance).toBeCloseTo(expected, 6);
});

it("counts rows ten robust deviations out, which a normal distribution never has", () => {
  const { normal } = stream(3, "test");
  const values = Array.from({ length: 1000 }, normal);
  expect(figuresOf(values, 1, "number").outliers).toBe(0);
  for (let i = 0; i < 5; i++) values[i * 100] = 12;
  expect(figuresOf(values, 1, "number").outliers).toBe(0.005);
});

it("has no outliers where most are one number", () => {
  expect(figuresOf([0, 0, 0, 0, 0, 7], 1, "number").outliers).toBe(0);
});

it("leaves NaN out", () => {
  expect(figuresOf([1, Number.NaN, 3], 1, "number")).toMatchObject({ variance: 1, deviation: 1 });
});
