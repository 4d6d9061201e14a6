import Type from "typebox";
import { cosineBetween, progress, type Rate } from "./schedule.ts";

export const schema = Type.Object(
  {
    type: Type.Literal("warmupCosine"),
    warmupEpochs: Type.Number({
      exclusiveMinimum: 0,
      description: "Epochs of the linear rise: 5 to 10 % of all.",
    }),
    minLearningRate: Type.Optional(
      Type.Number({ minimum: 0, default: 0, description: "Where it ends." }),
    ),
  },
  {
    additionalProperties: false,
    description: "Rises in a straight line, then falls along half a cosine to the last epoch.",
  },
);

/**
 * base · epoch / warm-up, then half a cosine over the epochs that are left (Goyal et al. 2017; lessons 001, 003).
 * Lesson 000 measures the cosine from epoch 0 and over 100 epochs whatever the run's length: it never reaches the
 * base and climbs again after epoch 100. All of the lessons' forms train the whole first epoch at a rate of 0; here
 * the rise is measured after each update, so that the first one already does something and the last reaches the base.
 */
export const rate: Rate<Type.Static<typeof schema>> = (
  { warmupEpochs, minLearningRate = 0 },
  base,
  { epoch, next, epochs },
) =>
  epoch < warmupEpochs
    ? base * progress(next, warmupEpochs)
    : cosineBetween(base, minLearningRate, progress(epoch - warmupEpochs, epochs - warmupEpochs));
