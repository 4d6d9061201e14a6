import Type from "typebox";

export const dropout = Type.Object(
  {
    type: Type.Literal("dropout"),
    name: Type.Optional(Type.String({ minLength: 1 })),
    rate: Type.Number({
      minimum: 0,
      exclusiveMaximum: 1,
      description: "Share of inputs set to zero while training; the rest is scaled up to match.",
    }),
  },
  { additionalProperties: false, description: "Inverted dropout; does nothing outside training." },
);
