/** A learning rate that rises over the first epochs, then falls along a cosine to the last. */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { warmupEpochs } from "./schedule.ts";

export const warmupCosine: Remedy = {
  id: "warmup-cosine",
  propose(_observation, { run }) {
    if (!run || run.epochs <= 0 || run.schedule?.type === "warmupCosine") return undefined;
    const value = warmupEpochs(run.epochs);
    return {
      title: `Let the learning rate rise over ${short(value)} ${value === 1 ? "epoch" : "epochs"}, then fall along a cosine over the ${short(run.epochs - value)} left`,
      value,
      layers: [],
    };
  },
};
