/** Values that a layer holds. */
import * as tf from "@tensorflow/tfjs-core";

/** How a parameter is trained. */
export interface Training {
  /** Factors of Σ|w| and Σw² in the loss. */
  l1: number;
  l2: number;
  /** It learns at this many times the optimizer's learning rate. */
  rate: number;
}

/** What is learned: the real weights on the host, and the variable that the network computes with. */
export interface Parameter extends Training {
  /** e.g. `hidden.kernel`; unique in the network. */
  name: string;
  shape: number[];
  /** The real weights where they are updated on the host, else those at the start. */
  values: Float32Array;
  variable: tf.Variable;
}

/** What is not learned but followed, such as a running mean. */
export interface Statistic {
  name: string;
  variable: tf.Variable;
}

const PLAIN: Training = { l1: 0, l2: 0, rate: 1 };

export function parameter(
  name: string,
  variable: tf.Variable,
  values: Float32Array,
  training: Partial<Training> = {},
): Parameter {
  const made = { ...PLAIN, ...training, name, shape: variable.shape, values, variable };
  show(made, values);
  return made;
}

/**
 * What a recipe's `learningRateMultiplier` means.
 * @param uses of a weight in one example: 1/√uses is the rate for shared weights (LeCun et al. 1998, lesson 004)
 */
export function rateOf(multiplier: number | "perUse" | undefined, uses: number): number {
  return multiplier === "perUse" ? 1 / Math.sqrt(uses) : (multiplier ?? 1);
}

/**
 * Lets the network compute with these values.
 * Always a new tensor: the WebAssembly backend keeps packed weights by data id and would not see a write in place.
 */
export function show(
  { variable, shape }: Pick<Parameter, "variable" | "shape">,
  values: Float32Array,
): void {
  const next = tf.tensor(values, shape);
  variable.assign(next);
  next.dispose();
}
