/** Skip connections around hidden layers of equal width (He et al. 2016; lesson 002, S2-24). */
import type { Remedy } from "../remedy.ts";
import { hasSkip, hiddenLayers } from "../theory/network.ts";
import { named } from "./named.ts";

export const residualBlocks: Remedy = {
  id: "residual-blocks",
  propose(_observation, { layers }) {
    if (hasSkip(layers)) return undefined;
    const hidden = hiddenLayers(layers).map(({ layer }) => layer);
    const names = hidden
      .filter(({ units, type }, i) => i > 0 && type !== "rbf" && units === hidden[i - 1]?.units)
      .map(({ name }) => name);
    if (names.length === 0) return undefined;
    return {
      title: `Wrap ${named(names, "hidden layers of equal width")} in residual blocks of two, each normalised`,
      value: null,
      layers: names,
    };
  },
};
