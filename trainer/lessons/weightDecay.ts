/** The penalty on large weights. */
import { shape } from "../optimizers/shape.ts";
import { Squares } from "../optimizers/update.ts";
import type { Figure } from "./figure.ts";

export function weightDecayFigures(): Figure[] {
  const gradient = new Float64Array(3);
  const weights = Float64Array.of(1, -2, 3);
  shape(gradient, weights, { l1: 0, l2: 0.001 }, Number.POSITIVE_INFINITY, new Squares());
  return [
    {
      at: "000:203",
      what: "2λw for λ = 0.001 and weights 1, -2, 3",
      run: true,
      lesson: "0.002, -0.004, 0.006",
      ours: [...gradient],
    },
  ];
}
