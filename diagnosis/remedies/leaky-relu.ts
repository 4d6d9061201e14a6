/** Leaky ReLU in place of ReLU: a small slope below zero, so that no unit is ever without a gradient. */
import { list } from "../format.ts";
import type { Remedy } from "../remedy.ts";

export const leakyRelu: Remedy = {
  id: "leaky-relu",
  propose(observation, history) {
    const names = history.layers
      .filter((layer) => layer.activation === "relu" && observation.layers.includes(layer.name))
      .map((layer) => layer.name);
    if (names.length === 0) return undefined;
    return { title: `Use leaky ReLU (slope 0.01) in ${list(names)}`, value: null, layers: names };
  },
};
