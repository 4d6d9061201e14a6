import Type from "typebox";
import { common, learningRate } from "./common.ts";

export const adagrad = Type.Object(
  {
    type: Type.Literal("adagrad"),
    learningRate: learningRate(0.01),
    ...common,
    epsilon: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        default: 1e-10,
        description: "Keeps the division apart from 0 where all gradients were exactly 0.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Divides by the size of all gradients so far: rare features keep a large rate.",
  },
);
