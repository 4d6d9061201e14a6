import Type from "typebox";
import { Initializer } from "../initializers.ts";
import { trained } from "./common.ts";

export const prelu = Type.Object(
  {
    type: Type.Literal("prelu"),
    alphaInitializer: Type.Optional(Initializer),
    ...trained,
  },
  {
    additionalProperties: false,
    description:
      "ReLU with a slope below zero that is learned, one a unit or channel (He et al. 2015); it starts at 0.25.",
  },
);
