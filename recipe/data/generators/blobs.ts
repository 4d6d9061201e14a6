import Type from "typebox";
import { classes, noise, rows } from "./common.ts";

export const blobs = Type.Object(
  {
    type: Type.Literal("blobs"),
    rows,
    noise: noise(1, "Standard deviation of a blob; the centres lie within ±10."),
    classes: classes(3, "Blobs, one a class."),
    features: Type.Optional(Type.Integer({ minimum: 1, default: 2, description: "Inputs." })),
  },
  { additionalProperties: false, description: "Gaussian clusters around random centres." },
);
