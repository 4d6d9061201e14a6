import { expect, it } from "vitest";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { globalNorm, layerNorms, ratio } from "../../../../trainer/probe/gradients.ts";

const squares = (gradient: number, weights: number, update: number) =>
  Object.assign(new Squares(), { gradient, weights, update, clipped: gradient / 4 });

it("puts the parameters of a layer together", () => {
  expect(layerNorms([squares(9, 64, 1), squares(16, 36, 3)])).toEqual({
    gradientNorm: 5,
    weightNorm: 10,
    updateRatio: 0.2,
  });
  expect(layerNorms([])).toBeNull();
});

it("puts all parameters together, before and after clipping", () => {
  const all = [squares(9, 0, 0), squares(16, 0, 0)];
  expect(globalNorm(all, "gradient")).toBe(5);
  expect(globalNorm(all, "clipped")).toBe(2.5);
});

it("guards the ratio where the weights are 0", () => {
  expect(ratio(0, 0)).toBe(0);
  expect(ratio(1, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(ratio(Number.NaN, 0)).toBeNaN();
  expect(ratio(1, Number.NaN)).toBeNaN();
});
