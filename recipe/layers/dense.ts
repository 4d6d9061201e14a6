import Type from "typebox";
import { weighted } from "./common.ts";

export const dense = Type.Object(
  {
    type: Type.Literal("dense"),
    units: Type.Integer({ minimum: 1, description: "Number of outputs." }),
    ...weighted,
  },
  { additionalProperties: false, description: "Fully connected: activation(x · W + b)." },
);
