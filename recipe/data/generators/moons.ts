import Type from "typebox";
import { noise, rows } from "./common.ts";

export const moons = Type.Object(
  {
    type: Type.Literal("moons"),
    rows,
    noise: noise(0.1, "Standard deviation of the place; the moons have radius 1."),
  },
  { additionalProperties: false, description: "Two half circles that reach into each other." },
);
