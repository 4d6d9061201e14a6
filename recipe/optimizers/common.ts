import Type from "typebox";

/** Settings that every optimizer takes. */
export const common = {
  learningRate: Type.Number({ exclusiveMinimum: 0 }),
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
