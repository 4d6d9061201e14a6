import { describe, expect, it } from "vitest";
import type { Encoding } from "../../../../trainer/data/dataset.ts";
import { LOSS } from "../../../../trainer/model/losses/index.ts";
import type { Loss } from "../../../../trainer/model/losses/loss.ts";

function forward(loss: Loss, values: number[], targets: number[]) {
  const outputs = new Float32Array(values.length);
  const rowLosses = new Float32Array(targets.length);
  const totals = loss.forward(
    Float32Array.from(values),
    Float32Array.from(targets),
    values.length / targets.length,
    outputs,
    rowLosses,
  );
  return { ...totals, outputs: [...outputs], rowLosses: [...rowLosses] };
}
const VALUES: Encoding = { units: 1, value: (target) => target };
/** One unit a class, 1 for its own and −1 for the others. */
const PLUS_MINUS: Encoding = { units: 3, value: (target, unit) => (target === unit ? 1 : -1) };
const softmax = LOSS.sparseCategoricalCrossentropy(VALUES);
const sigmoid = LOSS.binaryCrossentropy(VALUES);
const square = LOSS.meanSquaredError(VALUES);
const squares = LOSS.meanSquaredError(PLUS_MINUS);

describe("softmax crossentropy", () => {
  it("is ln 10 for ten equal values, however large", () => {
    for (const value of [0, 1e4, -1e30]) {
      expect(forward(softmax, Array(10).fill(value), [3]).loss).toBeCloseTo(Math.log(10), 11);
    }
  });
  it("stays exact where softmax is 0 in 32 bits", () => {
    const { loss, outputs, correct } = forward(softmax, [0, 200, -500, 0], [0, 1]);
    expect(loss).toBe(700 - 500 + 0 + 0);
    expect(outputs).toEqual([0, 1, 0, 1]);
    expect(correct).toBe(1);
  });
  it("shows NaN, and takes such a row for wrong", () => {
    for (const row of [
      [Number.NaN, 0],
      [0, Number.NaN],
      [Number.POSITIVE_INFINITY, 0],
    ]) {
      const { loss, correct } = forward(softmax, row, [0]);
      expect(loss).toBeNaN();
      expect(correct).toBe(0);
    }
  });
  it("sums over rows and counts the right ones", () => {
    const { loss, correct } = forward(softmax, [0, 0, 0, 0], [0, 1]);
    expect(loss).toBeCloseTo(2 * Math.LN2, 12);
    expect(correct).toBe(1);
  });
});

describe("binary crossentropy", () => {
  it("is ln 2 at 0, and linear far out", () => {
    expect(forward(sigmoid, [0], [1]).loss).toBeCloseTo(Math.LN2, 12);
    expect(forward(sigmoid, [-1000], [1]).loss).toBe(1000);
    expect(forward(sigmoid, [1000], [0]).loss).toBe(1000);
    expect(forward(sigmoid, [Number.POSITIVE_INFINITY], [1]).loss).toBe(0);
    expect(forward(sigmoid, [Number.NaN], [1])).toMatchObject({ loss: Number.NaN, correct: 0 });
  });
  it("counts as right what lies on the label's side", () => {
    expect(forward(sigmoid, [2, -2, 2, -2], [1, 0, 0, 1]).correct).toBe(2);
  });
});

describe("mean squared error", () => {
  it("is 2.5 a row for [1, 2] against [0, 4]", () => {
    expect(forward(square, [1, 2], [0, 4]).loss / 2).toBe(2.5);
  });
  it("is the mean over the units of a row", () => {
    // Class 1 is −1, 1, −1: off by 1, ½ and 0.
    expect(forward(squares, [0, 0.5, -1], [1]).loss).toBeCloseTo(1.25 / 3, 12);
  });
  it("counts as right where the class's own unit is highest", () => {
    const { correct } = forward(squares, [0, 0.5, -1, 0, 0.5, -1], [1, 0]);
    expect(correct).toBe(1);
  });
  it("of one unit counts as right what lies nearest to the class's value", () => {
    expect(forward(square, [0.4, 0.4, 0.6, 7, -7], [0, 1, 1, 1, 0]).correct).toBe(4);
  });
});

it("asks for a unit a class, one, or what the targets are made of", () => {
  expect(softmax.units(10)).toBe(10);
  expect(sigmoid.units(2)).toBe(1);
  expect(square.units(10)).toBe(1);
  expect(squares.units(10)).toBe(3);
});

it.each([
  ["softmax", softmax, [0.3, -1, 2, 0.5, 0.1, -0.2], [2, 0]],
  ["sigmoid", sigmoid, [0.3, -1.5], [1, 0]],
  ["square", squares, [0.3, -1, 2, 0.5, 0.1, -0.2], [2, 0]],
])("%s tells each row's loss, which add up to the whole", (_name, loss, values, targets) => {
  const { rowLosses, loss: total } = forward(loss, values, targets);
  const units = values.length / targets.length;
  targets.forEach((target, row) => {
    const alone = forward(loss, values.slice(row * units, (row + 1) * units), [target]);
    expect(rowLosses[row]).toBeCloseTo(alone.loss, 6);
  });
  expect(rowLosses.reduce((a, b) => a + b)).toBeCloseTo(total, 6);
});

it.each([
  ["softmax", softmax, [0.3, -1, 2, 0.5, 0.1, -0.2], [2, 0]],
  ["sigmoid", sigmoid, [0.3, -1.5], [1, 1]],
  ["square", square, [0.3, -1.5], [1, 4]],
  ["square of several units", squares, [0.3, -1, 2, 0.5, 0.1, -0.2], [2, 0]],
])("the gradient of %s is the numeric one", (_name, loss, values, targets) => {
  const units = values.length / targets.length;
  const { outputs } = forward(loss, values, targets);
  const gradient = new Float32Array(values.length);
  loss.backward(Float32Array.from(outputs), Float32Array.from(targets), units, 1, gradient);
  const h = 2 ** -8; // exact in 32 bits
  values.forEach((_, i) => {
    const at = (d: number) =>
      forward(
        loss,
        values.map((v, j) => Math.fround(v) + (i === j ? d : 0)),
        targets,
      ).loss;
    const numeric = (at(h) - at(-h)) / (2 * h) / targets.length;
    expect(gradient[i]).toBeCloseTo(numeric, 4);
  });
});
