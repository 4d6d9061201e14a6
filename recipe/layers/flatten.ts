import Type from "typebox";
import { named } from "./common.ts";

export const flatten = Type.Object(
  { type: Type.Literal("flatten"), ...named },
  { additionalProperties: false, description: "Makes one row of numbers of a picture." },
);
