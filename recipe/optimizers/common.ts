import Type from "typebox";
import { Schedule } from "../schedules/index.ts";

/** @param usual where to start (lessons 002 and 003) */
export function learningRate(usual: number) {
  return Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      default: usual,
      description: `How far a step goes; with a schedule, how far at most. ${usual} is where to start.`,
    }),
  );
}

/** Settings that every optimizer takes beside its learning rate. */
export const common = {
  schedule: Type.Optional(Schedule),
  clipValue: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      description: "Caps every element of the gradient to ±this. May change its direction.",
    }),
  ),
  clipNorm: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      description:
        "Scales the whole gradient down where its norm over all parameters is larger than this. 1.0 is the usual choice.",
    }),
  ),
};

/** Settings of Adam and its kin. */
export const moments = {
  beta1: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.9 })),
  beta2: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1, default: 0.999 })),
  epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1e-8 })),
};
