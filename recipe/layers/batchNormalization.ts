import Type from "typebox";
import { trained } from "./common.ts";

export const batchNormalization = Type.Object(
  {
    type: Type.Literal("batchNormalization"),
    momentum: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.99,
        description: "How slowly the running mean and variance follow the batches.",
      }),
    ),
    epsilon: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 1e-5 })),
    ...trained,
  },
  {
    additionalProperties: false,
    description:
      "Makes each unit or channel zero mean and unit variance over the batch. Place it between a linear layer and its activation.",
  },
);
