import Type from "typebox";
import { noise, rows } from "./common.ts";

export const xor = Type.Object(
  {
    type: Type.Literal("xor"),
    rows,
    noise: noise(0.1, "Standard deviation around the corner; 0: the four corners themselves."),
  },
  {
    additionalProperties: false,
    description: "The corners of the unit square; class 1 where the two inputs differ.",
  },
);
