/** Early stopping that ends with the weights of the best epoch. */
import type { Remedy } from "../remedy.ts";

/** Lessons 000 and 001 (S0-23). */
const PATIENCE = 10;
/** Validation loss over its minimum from which going back to the minimum comes before all else. */
const FAR_PAST_BEST = 1.5;

export const earlyStopping: Remedy = {
  id: "early-stopping",
  propose(_observation, history) {
    const { run } = history;
    if (!run || run.earlyStopping?.restoreBestWeights) return undefined;
    const losses = history.epochs
      .filter(({ epoch, validation }) => epoch > 0 && validation)
      .map(({ epoch, validation }) => ({ epoch, loss: validation?.["loss"] ?? Number.NaN }));
    const first = losses[0];
    if (!first) return undefined;
    const best = losses.reduce((a, b) => (b.loss < a.loss ? b : a), first);
    if (best === losses.at(-1)) return undefined;
    return {
      title: `Stop early: patience ${PATIENCE}, keep the best weights (epoch ${best.epoch} of ${run.epochs} was best)`,
      value: PATIENCE,
      layers: [],
      pointedAt: (losses.at(-1)?.loss ?? 0) >= FAR_PAST_BEST * best.loss,
    };
  },
};
