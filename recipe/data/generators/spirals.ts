import Type from "typebox";
import { classes, noise, rows } from "./common.ts";

export const spirals = Type.Object(
  {
    type: Type.Literal("spirals"),
    rows,
    noise: noise(0.02, "Standard deviation of the place; the spirals end at radius 1."),
    classes: classes(2, "Arms, one a class."),
  },
  { additionalProperties: false, description: "Arms of one turn around the origin, intertwined." },
);
