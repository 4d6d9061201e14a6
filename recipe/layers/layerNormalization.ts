import Type from "typebox";
import { trained } from "./common.ts";

export const layerNormalization = Type.Object(
  {
    type: Type.Literal("layerNormalization"),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1e-5 })),
    ...trained,
  },
  {
    additionalProperties: false,
    description:
      "Makes each example zero mean and unit variance over its units or channels; works at any batch size.",
  },
);
