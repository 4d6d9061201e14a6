import Type from "typebox";
import { common, learningRate } from "./common.ts";

export const adadelta = Type.Object(
  {
    type: Type.Literal("adadelta"),
    learningRate: learningRate(1),
    ...common,
    rho: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.95,
        description: "Share of the running means of squared gradients and updates that is kept.",
      }),
    ),
    epsilon: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        default: 1e-6,
        description: "Added below both roots: what the first steps begin with.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      "Scales each step by the size of the last ones; the learning rate is only a factor.",
  },
);
