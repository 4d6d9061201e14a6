import Type from "typebox";
import { classes, noise, rows } from "./common.ts";

export const circles = Type.Object(
  {
    type: Type.Literal("circles"),
    rows,
    noise: noise(0.1, "Standard deviation of the place; the outer circle has radius 1."),
    classes: classes(2, "Circles, one a class."),
  },
  { additionalProperties: false, description: "Circles around the origin, evenly apart." },
);
