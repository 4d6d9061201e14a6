/** No last batch that is smaller than the others (lesson 001, S1-21). */
import type { Remedy } from "../remedy.ts";

export const dropRemainder: Remedy = {
  id: "drop-remainder",
  propose(_observation, { run }) {
    if (!run || run.dropRemainder || run.batchSize <= 0) return undefined;
    const rest = run.examples.train % run.batchSize;
    if (rest === 0 || run.examples.train < run.batchSize) return undefined;
    return {
      title: `Leave out the last batch of an epoch, which has ${rest} of ${run.batchSize} examples`,
      value: null,
      layers: [],
    };
  },
};
