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

/** One update of one parameter. */
export interface Update {
  /** Of this parameter, at this moment. */
  learningRate: number;
  /** Updates made so far, this one included. */
  step: number;
  /** The gradient times this is followed: the clip by norm. */
  scale: number;
}

/** The formula of an optimizer. It holds nothing itself: all memory is in `Memory`. */
export interface Rule {
  /** What `apply` carries out, for whoever carries it out elsewhere. */
  shader: RuleShader;
  /** Fresh memory for a parameter with these starting weights. */
  remember(weights: Values): Memory;
  /**
   * Changes `weights` and `memory` in place, in one pass over the arrays that gathers the sums `clipped`, `weights` and
   * `update` on the way.
   * @param gradient at `memory.shown`
   */
  apply(weights: Values, gradient: Values, memory: Memory, update: Update, squares: Squares): void;
}

/**
 * A formula for one weight, written once: in WGSL as far as `formula/postfix.ts` reads it too. A GPU computes it in 32
 * bits, the processor in 64.
 */
export interface RuleShader {
  /** Names of what is remembered of a weight, in the order of `Memory.slots`; 0 at first. */
  slots: string[];
  /**
   * What the body needs to know of this update, by name; computed here, in 64 bits.
   * @param step updates made so far, this one included
   */
  numbers(learningRate: number, step: number): Record<string, number>;
  /**
   * Statements that set `update`, which is added to the weight, and the slots.
   * They know `weight`, `gradient` (clipped), the slots and the numbers; `shown` knows them too, after that.
   */
  body: string;
  /** Where a rule looks ahead: the expression of the weight that the network computes with next. */
  shown?: string;
}
