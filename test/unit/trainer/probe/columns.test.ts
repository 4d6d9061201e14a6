import { expect, it } from "vitest";
import type { StepFigures } from "../../../../trainer/loop/executor.ts";
import type { Network } from "../../../../trainer/model/network.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { columnsOf } from "../../../../trainer/probe/columns.ts";

/** So many parameters in each layer. */
const network = (...counts: number[]) =>
  ({
    layers: counts.map((count) => ({ parameters: Array.from({ length: count }, () => ({})) })),
  }) as unknown as Network;

const squares = (gradient: number, weights: number, update: number) =>
  Object.assign(new Squares(), { gradient, weights, update });

const nothing = { mean: null, std: null, silent: null, saturated: null };

it("gives each layer the squares of its own parameters, in the layers' order", () => {
  const figures: StepFigures = {
    totals: { loss: 0, correct: 0 },
    rowLosses: new Float32Array(0),
    squares: [squares(9, 36, 1), squares(16, 64, 3), squares(4, 0, 0)],
    activations: [
      { ...nothing, mean: 1, std: 2, silent: 0.123456789 },
      nothing,
      { ...nothing, saturated: 0 },
    ],
  };
  expect(columnsOf(network(2, 0, 1))(figures)).toEqual({
    gradientNorm: [5, null, 2],
    weightNorm: [10, null, 0],
    updateRatio: [0.2, null, 0],
    activationMean: [1, null, null],
    activationStd: [2, null, null],
    silent: [0.12346, null, null],
    saturated: [null, null, 0],
  });
});
