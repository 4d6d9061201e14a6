/** Batch normalisation between a layer and its activation instead of behind both (lesson 001, S1-18). */
import { list } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { isBatchNorm } from "../theory/network.ts";

export const moveNormalization: Remedy = {
  id: "move-normalization",
  propose(_observation, { layers }) {
    const names = layers
      .filter(({ type }, i) => {
        const before = layers[i - 1];
        return isBatchNorm(type) && before && (before.activation ?? "linear") !== "linear";
      })
      .map(({ name }) => name);
    if (names.length === 0) return undefined;
    return {
      title: `Move ${list(names)} in front of the activation`,
      value: null,
      layers: names,
    };
  },
};
