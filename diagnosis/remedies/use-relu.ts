/** ReLU and He initialisation in place of saturating hidden activations, or of radial-basis units. */
import type { LayerInfo } from "../../telemetry/events.ts";
import type { Remedy } from "../remedy.ts";
import { saturates } from "../theory/activations.ts";
import { activationAfter, hiddenLayers } from "../theory/network.ts";
import { named } from "./named.ts";

export const useRelu: Remedy = {
  id: "use-relu",
  propose(observation, history) {
    const { layers } = history;
    const meant = ({ type, name }: LayerInfo, activation: string) => {
      // Their slope is at most 1, and next to 0 away from 0: products of it vanish (lesson 001, S1-04).
      if (saturates(activation) || activation === "softmax") return true;
      // Radial-basis units, and layers between which no activation stands, only where they are the trouble.
      return observation.layers.includes(name) && (type === "rbf" || activation === "linear");
    };
    const found = hiddenLayers(layers).filter(({ layer, index }) =>
      meant(layer, activationAfter(layers, index)),
    );
    const first = found[0];
    if (!first) return undefined;
    const before =
      first.layer.type === "rbf"
        ? "radial-basis units"
        : activationAfter(layers, first.index).replace("linear", "no activation");
    const names = found.map(({ layer }) => layer.name);
    return {
      title: `Use ReLU with He initialisation instead of ${before} in ${named(names)}`,
      value: null,
      layers: names,
      pointedAt: found.some(
        ({ layer, index }) =>
          observation.layers.includes(layer.name) && activationAfter(layers, index) === "linear",
      ),
    };
  },
};
