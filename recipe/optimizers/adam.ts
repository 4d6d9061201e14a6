import Type from "typebox";
import { common } from "./common.ts";

export const adam = Type.Object(
  {
    type: Type.Literal("adam"),
    ...common,
    beta1: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.9 })),
    beta2: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.999 })),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1e-8 })),
  },
  {
    additionalProperties: false,
    description: "Adam with bias correction. Start with learningRate 0.001.",
  },
);
