import Type from "typebox";
import type { Rate } from "./schedule.ts";

export const schema = Type.Object(
  {
    type: Type.Literal("reduceOnPlateau"),
    factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: 0.1 })),
    patience: Type.Optional(
      Type.Integer({
        minimum: 1,
        default: 10,
        description: "Epochs without a better validation loss before the rate is reduced.",
      }),
    ),
    minDelta: Type.Optional(
      Type.Number({ minimum: 0, default: 1e-4, description: "How much better counts as better." }),
    ),
    minLearningRate: Type.Optional(Type.Number({ minimum: 0, default: 0 })),
  },
  {
    additionalProperties: false,
    description: "Times `factor` whenever the validation loss has stopped falling.",
  },
);

/** As Keras's ReduceLROnPlateau does (lesson 002). From the losses alone, so a resumed run does the same. */
export const rate: Rate<Type.Static<typeof schema>> = (
  { factor = 0.1, patience = 10, minDelta = 1e-4, minLearningRate = 0 },
  base,
  { validation },
) => {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let reductions = 0;
  for (const loss of validation) {
    if (loss < best - minDelta) {
      best = loss;
      waited = 0;
    } else if (++waited >= patience) {
      reductions++;
      waited = 0;
    }
  }
  return reductions === 0
    ? base
    : Math.max(base * factor ** reductions, Math.min(base, minLearningRate));
};
