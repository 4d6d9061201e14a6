import Type from "typebox";
import type { Rate } from "./schedule.ts";

export const schema = Type.Object(
  {
    type: Type.Literal("step"),
    factor: Type.Number({
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: "What the learning rate is multiplied by at each step down: 0.5 or 0.1.",
    }),
    every: Type.Integer({ minimum: 1, description: "Epochs between two steps down, such as 30." }),
  },
  {
    additionalProperties: false,
    description: "Times `factor` every so many epochs.",
  },
);

/** base · factor^⌊epoch / every⌋ (lessons 000, 001, 003). */
export const rate: Rate<Type.Static<typeof schema>> = ({ factor, every }, base, { epoch }) =>
  base * factor ** Math.floor(epoch / every);
