/** No bias in front of batch normalisation, which takes it off again (lesson 001, S1-19). */
import { list } from "../format.ts";
import type { Remedy } from "../remedy.ts";
import { isBatchNorm, weightedLayers } from "../theory/network.ts";

export const omitBias: Remedy = {
  id: "omit-bias",
  propose(_observation, { layers }) {
    const names = weightedLayers(layers)
      .filter(
        ({ layer, index }) =>
          layer.bias &&
          (layer.activation ?? "linear") === "linear" &&
          isBatchNorm(layers[index + 1]?.type ?? ""),
      )
      .map(({ layer }) => layer.name);
    if (names.length === 0) return undefined;
    return {
      title: `Leave out the bias of ${list(names)}: batch normalisation takes it off again`,
      value: null,
      layers: names,
    };
  },
};
