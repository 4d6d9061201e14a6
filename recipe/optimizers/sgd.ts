import Type from "typebox";
import { common } from "./common.ts";

export const sgd = Type.Object(
  {
    type: Type.Literal("sgd"),
    ...common,
    momentum: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0,
        description:
          "Share of the last update that is kept: v ← momentum · v − lr · g. Usually 0.9.",
      }),
    ),
    nesterov: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Takes the gradient where the momentum is about to carry the weights.",
      }),
    ),
  },
  { additionalProperties: false, description: "Gradient descent, with momentum if wanted." },
);
