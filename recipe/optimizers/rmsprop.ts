import Type from "typebox";
import { common, learningRate } from "./common.ts";

export const rmsprop = Type.Object(
  {
    type: Type.Literal("rmsprop"),
    learningRate: learningRate(0.001),
    ...common,
    rho: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.9,
        description: "Share of the running mean of squared gradients that is kept.",
      }),
    ),
    epsilon: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        default: 1e-8,
        description: "Keeps the division apart from 0 where a gradient is exactly 0.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Divides by the running size of each gradient.",
  },
);
