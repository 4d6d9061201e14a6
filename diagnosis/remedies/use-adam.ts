/** Adam, which gives every weight a step of its own size (lessons 002 and 003: S2-13, S3-24). */
import type { Remedy } from "../remedy.ts";

/** Lesson 003 (S3-13). */
const LEARNING_RATE = 0.001;

export const useAdam: Remedy = {
  id: "use-adam",
  propose(_observation, { run }) {
    if (!run || /adam/i.test(run.optimizer.name)) return undefined;
    return {
      title: `Use Adam with learning rate ${LEARNING_RATE} instead of ${run.optimizer.name}`,
      value: LEARNING_RATE,
      layers: [],
    };
  },
};
