/** The names a recipe may use, spelled as TensorFlow.js and Keras spell them. */
import Type from "typebox";

export const ACTIVATIONS = [
  "linear",
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "softsign",
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "swish",
  "softplus",
  "exponential",
  "softmax",
] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

export const LOSSES = [
  "sparseCategoricalCrossentropy",
  "categoricalCrossentropy",
  "binaryCrossentropy",
  "meanSquaredError",
] as const;
export type LossName = (typeof LOSSES)[number];

export const Activation = Type.Enum([...ACTIVATIONS], {
  description:
    "What is applied to the layer's output, element by element (softmax: to the row). A slope that is learned is a layer of its own, prelu.",
});
