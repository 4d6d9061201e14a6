import Type from "typebox";
import { common, learningRate, moments } from "./common.ts";

export const adam = Type.Object(
  { type: Type.Literal("adam"), learningRate: learningRate(0.001), ...common, ...moments },
  {
    additionalProperties: false,
    description: "Adam with bias correction.",
  },
);
