/** A schedule whose lengths fit the run. */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { decayPerEpoch, epochsBetweenSteps, warmupEpochs } from "./schedule.ts";

export const correctSchedule: Remedy = {
  id: "correct-schedule",
  propose(_observation, { run, firstStep, lastStep }) {
    if (!run || run.epochs <= 0) return undefined;
    switch (run.schedule?.type) {
      case "step": {
        const value = epochsBetweenSteps(run.epochs);
        return { title: `Step the learning rate down every ${value} epochs`, value, layers: [] };
      }
      case "exponential": {
        const value = decayPerEpoch(run.epochs);
        return {
          title: `Let the learning rate fall by the factor ${value} an epoch, to 1 % at the end`,
          value,
          layers: [],
        };
      }
      case "warmupCosine": {
        const value = warmupEpochs(run.epochs);
        return {
          title: `Warm up over ${short(value)} of the ${run.epochs} epochs (5 to 10 % are usual)`,
          value,
          layers: [],
        };
      }
      case undefined:
        if (firstStep?.learningRate === lastStep?.learningRate) return undefined;
        return {
          title: `Measure the schedule over the whole run: warm up over ${short(warmupEpochs(run.epochs))} epochs, then cosine of (epoch − warm-up) / (epochs − warm-up)`,
          value: warmupEpochs(run.epochs),
          layers: [],
        };
      default:
        return undefined;
    }
  },
};
