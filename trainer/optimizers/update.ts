/** What an optimizer does to one parameter, and what it measures on the way. */

/** 64 bits in tests, where formulas are compared to twelve digits. */
export type Values = Float32Array | Float64Array;

/** Sums of squares over one parameter. */
export class Squares {
  /** Of the gradient, weight decay included, before clipping. */
  gradient = 0;
  /** Of the gradient that was followed. */
  clipped = 0;
  /** Of the weights before the update. */
  weights = 0;
  /** Of the update. */
  update = 0;
}

/** An optimizer's memory of one parameter. */
export interface Memory {
  /** The values the network computes with; the same array as the weights but for look-ahead. */
  shown: Values;
  slots: Values[];
}

export interface Rule {
  learningRate: number;
  /** Fresh memory for a parameter with these starting weights. */
  remember(weights: Values): Memory;
  /** Called once before the parameters of a step. */
  begin(): void;
  /**
   * Changes `weights` and `memory` in place, in one pass over the arrays that gathers the sums `clipped`, `weights` and
   * `update` on the way.
   * @param gradient at `memory.shown`; times `scale` it is followed
   */
  apply(weights: Values, gradient: Values, memory: Memory, scale: number, squares: Squares): void;
}

/**
 * Added and taken off again, it rounds to multiples of 2^-118 and changes nothing larger: what decays towards 0, such as
 * the momentum of a dead unit, never gets below 1.2e-38, where 32-bit numbers are denormal and every use of one costs
 * some hundred cycles. A comparison would do the same at three times the cost of the whole update.
 */
export const FLUSH = 2 ** -66;
