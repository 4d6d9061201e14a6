import Type from "typebox";
import { named } from "./common.ts";

export const dropout = Type.Object(
  {
    type: Type.Literal("dropout"),
    rate: Type.Number({
      minimum: 0,
      exclusiveMaximum: 1,
      description: "Share of inputs set to zero while training; the rest is scaled up to match.",
    }),
    ...named,
  },
  { additionalProperties: false, description: "Inverted dropout; does nothing outside training." },
);
