import { expect, it } from "vitest";
import { adam } from "../../../../trainer/optimizers/adam.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { descend, parabola } from "../../../helpers/descend.ts";

const rule = adam({ type: "adam", learningRate: 0.001 });

it("follows the paper on x² from 1, rate 0.001, with bias correction (S2-12)", () => {
  const path = descend(rule, [1], parabola, [0.001, 0.001, 0.001]).flat();
  [0.999000000005, 0.998000026214, 0.997000096065].forEach((expected, i) => {
    expect(path[i]).toBeCloseTo(expected, 12);
  });
  // Without the correction the first step would end here.
  expect(Math.abs(path[0]! - 0.99683772)).toBeGreaterThan(0.002);
});

it("measures gradient, weights before, and update in the same pass", () => {
  const weights = Float64Array.of(3, 4);
  const squares = new Squares();
  const update = { learningRate: 0.5, step: 1, scale: 0.5 };
  rule.apply(weights, Float64Array.of(8, -12), rule.remember(weights), update, squares);
  // The first step of Adam is the rate times the gradient's sign.
  expect(weights[0]).toBeCloseTo(2.5, 7);
  expect(weights[1]).toBeCloseTo(4.5, 7);
  expect(squares.clipped).toBe(52);
  expect(squares.weights).toBe(25);
  expect(squares.update).toBeCloseTo(0.5, 7);
});

it("does nothing for a gradient of 0, and lets NaN through", () => {
  const weights = Float32Array.of(1, 1);
  const squares = new Squares();
  const update = { learningRate: 1, step: 1, scale: 1 };
  rule.apply(weights, Float32Array.of(0, Number.NaN), rule.remember(weights), update, squares);
  expect([...weights]).toEqual([1, Number.NaN]);
  expect(squares.update).toBeNaN();
});

it("holds no denormal numbers in its memory", () => {
  const weights = Float32Array.of(1);
  const memory = rule.remember(weights);
  for (let i = 0; i < 1500; i++) {
    const update = { learningRate: 1, step: i + 1, scale: 1 };
    rule.apply(weights, Float32Array.of(i === 0 ? 1e-3 : 0), memory, update, new Squares());
    for (const [value] of memory.slots) {
      expect(value === 0 || Math.abs(value!) >= 2 ** -126).toBe(true);
    }
  }
  expect(memory.slots[0]![0]).toBeLessThan(1e-34);
});
