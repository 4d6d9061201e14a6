/** He initialisation for layers that feed a ReLU and start at another scale. */
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Activations that pass on about half of a centred input, which is what the factor 2 makes up for. */
const RECTIFIERS = new Set(["relu", "leakyRelu", "elu", "gelu", "swish"]);

export const heInitialization: Remedy = {
  id: "he-initialization",
  propose(_observation, history) {
    const { tooLarge, tooSmall } = history.initialScale;
    const wrong = [...tooLarge, ...tooSmall].filter(({ index }) =>
      RECTIFIERS.has(activationAfter(history, index)),
    );
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
    if (layer !== history.layers[index] && layer.fanIn !== null) break;
    if (layer.activation && layer.activation !== "linear") return layer.activation;
  }
  return "linear";
}
