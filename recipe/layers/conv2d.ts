import Type from "typebox";
import { padding, pair, weighted } from "./common.ts";

export const conv2d = Type.Object(
  {
    type: Type.Literal("conv2d"),
    filters: Type.Integer({ minimum: 1, description: "Number of output channels." }),
    kernelSize: pair("Size of the window"),
    strides: Type.Optional(pair("How far the window moves", 1)),
    padding,
    ...weighted,
  },
  { additionalProperties: false, description: "2-D convolution of a picture, channels last." },
);
