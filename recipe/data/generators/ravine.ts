import Type from "typebox";
import { rows } from "./common.ts";

export const ravine = Type.Object(
  { type: Type.Literal("ravine"), rows },
  {
    additionalProperties: false,
    description:
      "A regression whose mean squared error, for one linear unit without bias, is ½ (x² + 25 y²) of its two weights: a long narrow valley. Needs no scaling.",
  },
);
