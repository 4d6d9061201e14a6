import Type from "typebox";
import { named, padding, pair } from "./common.ts";

export const maxPooling2d = Type.Object(
  {
    type: Type.Literal("maxPooling2d"),
    poolSize: Type.Optional(pair("Size of the window", 2)),
    strides: Type.Optional(pair("How far the window moves; by default its size")),
    padding,
    ...named,
  },
  { additionalProperties: false, description: "The maximum of each window of each channel." },
);
