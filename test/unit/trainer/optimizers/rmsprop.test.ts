import { expect, it } from "vitest";
import { rmsprop } from "../../../../trainer/optimizers/rmsprop.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { descend, parabola } from "../../../helpers/descend.ts";

const rule = rmsprop({ type: "rmsprop", learningRate: 0.001 });

it("goes down x² from 1 as lesson 002 says, rate 0.001 (S2-11)", () => {
  const path = descend(rule, [1], parabola, [0.001, 0.001, 0.001]).flat();
  [0.99683772, 0.99454701, 0.99263067].forEach((expected, i) => {
    expect(path[i]).toBeCloseTo(expected, 8);
  });
});

it("does nothing for a first gradient of 0, where the lesson's formula is 0/0 (S2-11)", () => {
  expect(descend(rule, [1], () => [0], [0.001, 0.001])).toEqual([[1], [1]]);
});

it("measures gradient, weights before, and update in the same pass", () => {
  const weights = Float64Array.of(3, 4);
  const squares = new Squares();
  const update = { learningRate: 0.1, step: 1, scale: 0.5 };
  rule.apply(weights, Float64Array.of(8, -12), rule.remember(weights), update, squares);
  // The first step is rate · sign / √(1 − ρ).
  const first = 0.1 / Math.sqrt(0.1);
  expect(weights[0]).toBeCloseTo(3 - first, 7);
  expect(weights[1]).toBeCloseTo(4 + first, 7);
  expect(squares).toMatchObject({ clipped: 52, weights: 25 });
  expect(squares.update).toBeCloseTo(2 * first ** 2, 7);
});

it("holds no denormal numbers in its memory", () => {
  const weights = Float32Array.of(1);
  const memory = rule.remember(weights);
  for (let i = 0; i < 1500; i++) {
    const update = { learningRate: 1, step: i + 1, scale: 1 };
    rule.apply(weights, Float32Array.of(i === 0 ? 1e-3 : 0), memory, update, new Squares());
    const [value] = memory.slots[0]!;
    expect(value === 0 || value! >= 2 ** -126).toBe(true);
  }
  expect(memory.slots[0]![0]).toBeLessThan(1e-34);
});
