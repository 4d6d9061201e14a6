/** Layer normalisation, which needs no batch: in place of batch normalisation, or where there is none. */
import type { Remedy } from "../remedy.ts";
import { hiddenLayers, isBatchNorm, isNormalized } from "../theory/network.ts";
import { named } from "./named.ts";

export const layerNormalization: Remedy = {
  id: "layer-normalization",
  propose(_observation, { layers }) {
    const batchNorms = layers.filter(({ type }) => isBatchNorm(type)).map(({ name }) => name);
    if (batchNorms.length > 0) {
      return {
        title: `Use layer normalisation, which does not depend on the batch, instead of ${named(batchNorms, "batch normalisations")}`,
        value: null,
        layers: batchNorms,
      };
    }
    const names = hiddenLayers(layers)
      .filter(({ layer, index }) => layer.type !== "rbf" && !isNormalized(layers, index))
      .map(({ layer }) => layer.name);
    if (names.length === 0) return undefined;
    return {
      title: `Put layer normalisation between ${named(names)} and the activation`,
      value: null,
      layers: names,
    };
  },
};
