import Type from "typebox";
import { cosineBetween, progress, type Rate } from "./schedule.ts";

export const schema = Type.Object(
  {
    type: Type.Literal("cosine"),
    minLearningRate: Type.Optional(
      Type.Number({ minimum: 0, default: 0, description: "Where it ends." }),
    ),
  },
  {
    additionalProperties: false,
    description: "Falls along half a cosine to `minLearningRate` at the last epoch.",
  },
);

/** min + ½ (base − min)(1 + cos(π · epoch / epochs)) (Loshchilov and Hutter 2017; lessons 001, 003). */
export const rate: Rate<Type.Static<typeof schema>> = (
  { minLearningRate = 0 },
  base,
  { epoch, epochs },
) => cosineBetween(base, minLearningRate, progress(epoch, epochs));
