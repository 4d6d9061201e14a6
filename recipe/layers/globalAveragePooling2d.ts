import Type from "typebox";
import { named } from "./common.ts";

export const globalAveragePooling2d = Type.Object(
  { type: Type.Literal("globalAveragePooling2d"), ...named },
  { additionalProperties: false, description: "The mean of each channel over the whole picture." },
);
