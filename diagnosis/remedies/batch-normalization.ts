/** Batch normalisation between each hidden layer and its activation. */
import type { Remedy } from "../remedy.ts";
import { hiddenLayers, isNormalized, named } from "./network.ts";

/** Lesson 001 (S1-21): the statistics of fewer examples are too noisy. */
const LEAST_BATCH = 8;

export const batchNormalization: Remedy = {
  id: "batch-normalization",
  propose(_observation, { layers, run }) {
    const batch = run?.batchSize ?? 0;
    if (batch > 0 && batch < LEAST_BATCH) return undefined;
    const names = hiddenLayers(layers)
      .filter(({ layer, index }) => layer.type !== "rbf" && !isNormalized(layers, index))
      .map(({ layer }) => layer.name);
    if (names.length === 0) return undefined;
    return {
      title: `Put batch normalisation between ${named(names)} and the activation`,
      value: null,
      layers: names,
    };
  },
};
