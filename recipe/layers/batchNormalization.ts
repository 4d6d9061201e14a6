import Type from "typebox";

export const batchNormalization = Type.Object(
  {
    type: Type.Literal("batchNormalization"),
    name: Type.Optional(Type.String({ minLength: 1 })),
    momentum: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.99,
        description: "How slowly the running mean and variance follow the batches.",
      }),
    ),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1e-5 })),
  },
  {
    additionalProperties: false,
    description:
      "Makes each input zero mean and unit variance over the batch. Place it between a dense layer without bias and its activation.",
  },
);
