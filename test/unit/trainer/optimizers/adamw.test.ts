import { expect, it } from "vitest";
import { adamw } from "../../../../trainer/optimizers/adamw.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { descend, parabola } from "../../../helpers/descend.ts";

it.each([{}, { weightDecay: 0.01 }])(
  "decays beside Adam's update on x² from 1, rate 0.001, %j (S2-13)",
  (settings) => {
    const rule = adamw({ type: "adamw", learningRate: 0.001, ...settings });
    const path = descend(rule, [1], parabola, [0.001, 0.001, 0.001]).flat();
    [0.99899, 0.997980037, 0.996970127].forEach((expected, i) => {
      expect(path[i]).toBeCloseTo(expected, 9);
    });
  },
);

it("decays a weight without gradient by rate · decay, and counts that as update", () => {
  const rule = adamw({ type: "adamw", learningRate: 1, weightDecay: 0.1 });
  const weights = Float64Array.of(-4);
  const squares = new Squares();
  const update = { learningRate: 0.5, step: 1, scale: 1 };
  rule.apply(weights, Float64Array.of(0), rule.remember(weights), update, squares);
  expect(weights[0]).toBeCloseTo(-3.8, 12);
  expect(squares).toMatchObject({ clipped: 0, weights: 16 });
  expect(squares.update).toBeCloseTo(0.04, 12);
});
