import Type from "typebox";
import { Activation, Initializer } from "../names.ts";

export const dense = Type.Object(
  {
    type: Type.Literal("dense"),
    name: Type.Optional(Type.String({ minLength: 1 })),
    units: Type.Integer({ minimum: 1, description: "Number of outputs." }),
    activation: Type.Optional(Activation),
    kernelInitializer: Type.Optional(Initializer),
    biasInitializer: Type.Optional(Initializer),
    useBias: Type.Optional(
      Type.Boolean({ description: "Leave the bias out in front of batch normalisation." }),
    ),
    kernelRegularizer: Type.Optional(
      Type.Object(
        { l2: Type.Number({ minimum: 0 }) },
        {
          additionalProperties: false,
          description: "Weight decay: adds l2 · Σw² to the loss, so 2 · l2 · w to the gradient.",
        },
      ),
    ),
  },
  { additionalProperties: false, description: "Fully connected: activation(x · W + b)." },
);
