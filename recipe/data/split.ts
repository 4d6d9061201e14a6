import Type from "typebox";

const Share = Type.Number({ minimum: 0, maximum: 1 });

export const Split = Type.Object(
  { train: Share, validation: Share, test: Type.Optional(Share) },
  {
    additionalProperties: false,
    description: "Shares of the rows; they add up to 1. Drawn at random by the seed.",
    default: { train: 0.7, validation: 0.15, test: 0.15 },
  },
);
