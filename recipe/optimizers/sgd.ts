import Type from "typebox";
import { common, learningRate } from "./common.ts";

export const sgd = Type.Object(
  {
    type: Type.Literal("sgd"),
    learningRate: learningRate(0.01),
    ...common,
    momentum: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0,
        description: "Share of the last update that is kept, usually 0.9.",
      }),
    ),
    momentumForm: Type.Optional(
      Type.Enum(["classic", "torch"], {
        default: "classic",
        description:
          "classic: v ← momentum · v − lr · g, w ← w + v. torch: v ← momentum · v + g, w ← w − lr · v. The same as long as the learning rate is.",
      }),
    ),
    nesterov: Type.Optional(
      Type.Boolean({
        default: false,
        description: "Takes the gradient where the momentum is about to carry the weights.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Gradient descent, with momentum if wanted.",
  },
);
