/** Early stopping that ends with the weights of the best epoch. */
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Lessons 000 and 001 (S0-23); the lessons have 5 to 20. */
const PATIENCE = 10;
const LEAST_PATIENCE = 5;
const MOST_PATIENCE = 20;
/** Validation loss over its minimum from which going back to the minimum comes before all else. */
const FAR_PAST_BEST = 1.5;

export const earlyStopping: Remedy = {
  id: "early-stopping",
  propose(observation, history) {
    const { run } = history;
    if (!run) return undefined;
    if (run.earlyStopping) return usualPatience(run.earlyStopping.patience);
    const losses = validationLosses(history);
    const first = losses[0];
    const general = {
      title: `Stop early: patience ${PATIENCE}, keep the best weights`,
      value: PATIENCE,
      layers: [],
    };
    if (!first) return run.examples.validation > 0 ? general : undefined;
    const best = losses.reduce((a, b) => (b.loss < a.loss ? b : a), first);
    // Of a run that is at its best only what was clear before it began.
    if (best === losses.at(-1)) return observation.firstStep === 0 ? general : undefined;
    return {
      ...general,
      title: `${general.title} (epoch ${best.epoch} of ${run.epochs} was best)`,
      pointedAt: (losses.at(-1)?.loss ?? 0) >= FAR_PAST_BEST * best.loss,
    };
  },
};

function usualPatience(patience: number) {
  if (patience >= LEAST_PATIENCE && patience <= MOST_PATIENCE) return undefined;
  return {
    title: `Stop after ${PATIENCE} epochs without a better validation loss, instead of ${patience}`,
    value: PATIENCE,
    layers: [],
  };
}

function validationLosses({ epochs }: History): { epoch: number; loss: number }[] {
  return epochs
    .filter(({ epoch, validation }) => epoch > 0 && validation)
    .map(({ epoch, validation }) => ({ epoch, loss: validation?.["loss"] ?? Number.NaN }));
}
