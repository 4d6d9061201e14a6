import Type from "typebox";
import { common, learningRate, moments } from "./common.ts";

export const adamw = Type.Object(
  {
    type: Type.Literal("adamw"),
    learningRate: learningRate(0.001),
    ...common,
    ...moments,
    weightDecay: Type.Optional(
      Type.Number({
        minimum: 0,
        default: 0.01,
        description:
          "Decoupled: each step takes learningRate · weightDecay of every weight off, besides Adam's update.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Adam with decoupled weight decay.",
  },
);
