/** The names a recipe may use, spelled as TensorFlow.js and Keras spell them. */
import Type from "typebox";

export const ACTIVATIONS = [
  "linear",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "elu",
  "selu",
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

/** Initializers without settings: their scale follows from fan-in and fan-out. */
export const SCALED_INITIALIZERS = [
  "heNormal",
  "heUniform",
  "glorotNormal",
  "glorotUniform",
  "leCunNormal",
  "leCunUniform",
  "zeros",
  "ones",
] as const;

const SettableInitializer = Type.Union([
  Type.Object(
    {
      type: Type.Literal("randomNormal"),
      mean: Type.Optional(Type.Number({ default: 0 })),
      stddev: Type.Number({ exclusiveMinimum: 0 }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      type: Type.Literal("randomUniform"),
      minval: Type.Number(),
      maxval: Type.Number(),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { type: Type.Literal("constant"), value: Type.Number() },
    { additionalProperties: false },
  ),
]);

export const Activation = Type.Enum([...ACTIVATIONS], {
  description: "What is applied to the layer's output, element by element (softmax: to the row).",
});

export const Initializer = Type.Union([Type.Enum([...SCALED_INITIALIZERS]), SettableInitializer], {
  description:
    "How the weights start. heNormal for relu and its family, glorotNormal (Xavier) for sigmoid and tanh.",
});
export type Initializer = Type.Static<typeof Initializer>;
