/** A learning rate that falls whenever the validation loss has stopped falling (lesson 002, S2-34). */
import type { Remedy } from "../remedy.ts";

/** Lesson 002 (S2-34); Keras's ReduceLROnPlateau. */
const PATIENCE = 10;

export const reduceOnPlateau: Remedy = {
  id: "reduce-on-plateau",
  propose(_observation, { run }) {
    if (!run || run.examples.validation === 0 || run.epochs <= PATIENCE) return undefined;
    if (run.schedule && run.schedule.type !== "constant") return undefined;
    return {
      title: `Reduce the learning rate to a tenth after ${PATIENCE} epochs without a better validation loss`,
      value: PATIENCE,
      layers: [],
    };
  },
};
