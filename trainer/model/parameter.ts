/** Values that a layer holds. */
import * as tf from "@tensorflow/tfjs-core";
import type { LayerVariable } from "@tensorflow/tfjs-layers";

/** What is learned: the real weights on the host, and the variable that the network computes with. */
export interface Parameter {
  /** e.g. `hidden.kernel`; unique in the network. */
  name: string;
  shape: number[];
  /** Factor of Σw² in the loss. */
  l2: number;
  /** The real weights. */
  values: Float32Array;
  variable: tf.Variable;
}

/** What is not learned but followed, such as a running mean. */
export interface Statistic {
  name: string;
  variable: tf.Variable;
}

export function parameter(
  name: string,
  weight: LayerVariable,
  values: Float32Array,
  l2 = 0,
): Parameter {
  const made = { name, shape: weight.shape as number[], l2, values, variable: variableOf(weight) };
  show(made, values);
  return made;
}

export function statistic(name: string, weight: LayerVariable): Statistic {
  return { name, variable: variableOf(weight) };
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

/** TensorFlow.js's layers keep the variable to themselves, and gradients are asked for by variable. */
function variableOf(weight: LayerVariable): tf.Variable {
  return (weight as unknown as { val: tf.Variable }).val;
}
