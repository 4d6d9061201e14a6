/** Batch normalisation between each hidden layer and its activation. */

import type { LayerInfo } from "../../telemetry/events.ts";
import type { Remedy } from "../remedy.ts";
import { isRectifier } from "../theory/activations.ts";
import { activationAfter, hasSkip, hiddenLayers, isNormalized } from "../theory/network.ts";
import { named } from "./named.ts";

/** Lesson 001 (S1-21): the statistics of fewer examples are too noisy. */
const LEAST_BATCH = 8;
/**
 * Through normalised layers of ReLU without skips the gradient grows 1.21 times a layer (Yang et al. 2019): beyond the depth
 * that needs skips anyway (lesson 002, S2-24), residual blocks come first, and bring their own normalisation.
 */
const DEEPEST_WITHOUT_SKIP = 20;

export const batchNormalization: Remedy = {
  id: "batch-normalization",
  propose(_observation, { layers, run }) {
    const batch = run?.batchSize ?? 0;
    if (batch > 0 && batch < LEAST_BATCH) return undefined;
    const hidden = hiddenLayers(layers);
    if (hidden.length > DEEPEST_WITHOUT_SKIP && !hasSkip(layers) && bends(layers)) return undefined;
    const names = hidden
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

function bends(layers: readonly LayerInfo[]): boolean {
  return hiddenLayers(layers).some(({ index }) => isRectifier(activationAfter(layers, index)));
}
