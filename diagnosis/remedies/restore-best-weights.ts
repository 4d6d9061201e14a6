/** The weights of the best epoch instead of the last, where the run stops early anyway (lesson 001, S1-34). */
import type { Remedy } from "../remedy.ts";

export const restoreBestWeights: Remedy = {
  id: "restore-best-weights",
  propose(_observation, { run }) {
    if (!run?.earlyStopping || run.earlyStopping.restoreBestWeights) return undefined;
    return {
      title: "Keep the weights of the best epoch when training stops early",
      value: null,
      layers: [],
    };
  },
};
