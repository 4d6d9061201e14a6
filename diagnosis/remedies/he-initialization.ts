/** He initialisation for layers that feed a ReLU and start at another scale. */
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Within this factor of He's scale a layer is left alone (requirements: healthy nets drift by up to 3). */
const TOLERATED = 3;
/** Activations that pass on about half of a centred input, which is what the factor 2 makes up for. */
const RECTIFIERS = new Set(["relu", "leakyRelu"]);

export const heInitialization: Remedy = {
  id: "he-initialization",
  propose(_observation, history) {
    const wrong = history.layers.flatMap((layer, i) => {
      const scale = history.initialScale(i);
      const off = scale >= TOLERATED || scale <= 1 / TOLERATED;
      return off && RECTIFIERS.has(activationAfter(history, i)) ? [{ layer, scale }] : [];
    });
    const first = wrong[0];
    if (!first) return undefined;
    const names = wrong.map(({ layer }) => layer.name);
    const std = Math.sqrt(2 / (first.layer.fanIn ?? 1));
    return {
      title: `Initialise ${list(names)} with He: standard deviation ${short(std)} instead of ${short(std * first.scale)}`,
      value: null,
      layers: names,
    };
  },
};

/** The activation that a layer's output meets: its own, or that of an activation layer behind it. */
function activationAfter(history: History, index: number): string {
  for (const layer of history.layers.slice(index)) {
    if (layer !== history.layers[index] && layer.parameters > 0 && layer.type === "dense") break;
    if (layer.activation && layer.activation !== "linear") return layer.activation;
  }
  return "linear";
}
