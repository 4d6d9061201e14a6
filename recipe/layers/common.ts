import Type from "typebox";
import { Initializer } from "../initializers.ts";
import { Activation } from "../names.ts";

/** What every layer may say. */
export const named = { name: Type.Optional(Type.String({ minLength: 1 })) };

/** What every layer with parameters may say. */
export const trained = {
  ...named,
  learningRateMultiplier: Type.Optional(
    Type.Union([Type.Number({ minimum: 0 }), Type.Enum(["perUse"])], {
      default: 1,
      description:
        "This layer learns at this many times the optimizer's rate. perUse: 1/√n for weights that are used n times an example, as in a convolution.",
    }),
  ),
};

/** What every layer with a kernel may say. */
export const weighted = {
  ...trained,
  activation: Type.Optional(Activation),
  kernelInitializer: Type.Optional(Initializer),
  biasInitializer: Type.Optional(Initializer),
  useBias: Type.Optional(
    Type.Boolean({
      description: "By default true; false in front of batch normalisation, which has its own.",
    }),
  ),
  kernelRegularizer: Type.Optional(
    Type.Object(
      {
        l1: Type.Optional(Type.Number({ minimum: 0, default: 0 })),
        l2: Type.Optional(Type.Number({ minimum: 0, default: 0 })),
      },
      {
        additionalProperties: false,
        description:
          "Adds l1 · Σ|w| + l2 · Σw² to the loss, so l1 · sign(w) + 2 · l2 · w to the gradient.",
      },
    ),
  ),
};

const Size = Type.Integer({ minimum: 1 });

/** One number for both directions, or [height, width]. */
export function pair(description: string, fallback?: number) {
  return Type.Union([Size, Type.Array(Size, { minItems: 2, maxItems: 2 })], {
    description: `${description}: one number, or [height, width].`,
    ...(fallback !== undefined && { default: fallback }),
  });
}

export const padding = Type.Optional(
  Type.Enum(["valid", "same"], {
    default: "valid",
    description: "valid: only where the window fits; same: zeros around, so that the size stays.",
  }),
);
