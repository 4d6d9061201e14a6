import { expect, it } from "vitest";
import { adam } from "../../../../trainer/optimizers/adam.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";

it("follows the paper on x² from 1, rate 0.001 (S2-12)", () => {
  const rule = adam({ type: "adam", learningRate: 0.001 });
  const x = Float64Array.of(1);
  const memory = rule.remember(x);
  const path = [0.999000000005, 0.998000026214, 0.997000096065].map((expected) => {
    rule.begin();
    rule.apply(x, Float64Array.of(2 * x[0]!), memory, 1, new Squares());
    return [x[0]!, expected] as const;
  });
  for (const [value, expected] of path) expect(value).toBeCloseTo(expected, 12);
});

it("measures gradient, weights before, and update in the same pass", () => {
  const rule = adam({ type: "adam", learningRate: 0.5 });
  const weights = Float64Array.of(3, 4);
  const squares = new Squares();
  rule.begin();
  rule.apply(weights, Float64Array.of(4, -6), rule.remember(weights), 0.5, squares);
  // The first step of Adam is the rate times the gradient's sign.
  expect(weights[0]).toBeCloseTo(2.5, 7);
  expect(weights[1]).toBeCloseTo(4.5, 7);
  expect(squares.clipped).toBe(13);
  expect(squares.weights).toBe(25);
  expect(squares.update).toBeCloseTo(0.5, 7);
});

it("does nothing for a gradient of 0, and lets NaN through", () => {
  const rule = adam({ type: "adam", learningRate: 0.1 });
  const weights = Float32Array.of(1, 1);
  const memory = rule.remember(weights);
  const squares = new Squares();
  rule.begin();
  rule.apply(weights, Float32Array.of(0, Number.NaN), memory, 1, squares);
  expect([...weights]).toEqual([1, Number.NaN]);
  expect(squares.update).toBeNaN();
});

it("holds no denormal numbers in its memory", () => {
  const rule = adam({ type: "adam", learningRate: 0.1 });
  const weights = Float32Array.of(1);
  const memory = rule.remember(weights);
  for (let i = 0; i < 1500; i++) {
    rule.begin();
    rule.apply(weights, Float32Array.of(i === 0 ? 1e-3 : 0), memory, 1, new Squares());
    for (const [value] of memory.slots) expect(value).toBeGreaterThan(2 ** -126);
  }
  expect(memory.slots[0]![0]).toBeLessThan(1e-34);
});
