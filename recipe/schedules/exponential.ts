import Type from "typebox";
import type { Rate } from "./schedule.ts";

export const schema = Type.Object(
  {
    type: Type.Literal("exponential"),
    factor: Type.Number({
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: "What is left of the learning rate after an epoch, such as 0.95.",
    }),
  },
  { additionalProperties: false, description: "Falls by the same share in every epoch." },
);

/** base · factor^epoch (lesson 000). */
export const rate: Rate<Type.Static<typeof schema>> = ({ factor }, base, { epoch }) =>
  base * factor ** epoch;
