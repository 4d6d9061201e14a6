/** Norms by layer and over all, from the sums of squares that the optimizer gathered. */
import type { Squares } from "../optimizers/update.ts";

/** Of one layer; null without parameters. */
export interface LayerNorms {
  gradientNorm: number;
  weightNorm: number;
  updateRatio: number;
}

/** @param squares of the layer's parameters */
export function layerNorms(squares: Squares[]): LayerNorms | null {
  if (squares.length === 0) return null;
  const weightNorm = Math.sqrt(total(squares, "weights"));
  const updateNorm = Math.sqrt(total(squares, "update"));
  return {
    gradientNorm: Math.sqrt(total(squares, "gradient")),
    weightNorm,
    updateRatio: ratio(updateNorm, weightNorm),
  };
}

/** Norm over all parameters, of the gradient before or after clipping, of the weights or of the update. */
export function globalNorm(squares: Squares[], which: keyof Squares): number {
  return Math.sqrt(total(squares, which));
}

/** Weights that are all 0: no update is 0 of them, any update is infinitely more. */
export function ratio(update: number, weights: number): number {
  return weights === 0 && update === 0 ? 0 : update / weights;
}

function total(squares: Squares[], which: keyof Squares): number {
  let sum = 0;
  for (const each of squares) sum += each[which];
  return sum;
}
