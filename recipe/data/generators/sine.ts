import Type from "typebox";
import { noise, rows } from "./common.ts";

export const sine = Type.Object(
  {
    type: Type.Literal("sine"),
    rows,
    noise: noise(0.1, "Standard deviation added to the value to predict."),
  },
  { additionalProperties: false, description: "A regression: sin(x) for x from −π to π." },
);
