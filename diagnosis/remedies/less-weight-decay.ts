/** Weight decay small enough to let the network fit. */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

/** Lesson 002 (S2-33); lesson 000 takes ten times that (S0-22). */
const LAMBDA = 0.0001;
/** Decoupled decay is scaled by the learning rate: AdamW's usual start (Loshchilov and Hutter 2019). */
const DECOUPLED = 0.01;

export const lessWeightDecay: Remedy = {
  id: "less-weight-decay",
  propose(observation, { layers, run }) {
    const penalty = (layer: { l1?: number; l2?: number }) => Math.max(layer.l1 ?? 0, layer.l2 ?? 0);
    const strong = layers.filter((layer) => penalty(layer) > LAMBDA);
    if (strong.length > 0) {
      const most = Math.max(...strong.map(penalty));
      return {
        title: `Lower the weight penalty from ${short(most)} to ${LAMBDA}`,
        value: LAMBDA,
        layers: strong.map(({ name }) => name),
        pointedAt:
          observation.layers.length > 0 &&
          observation.layers.every((name) => strong.some((layer) => layer.name === name)),
      };
    }
    const decay = run?.optimizer.settings["weightDecay"];
    if (typeof decay !== "number" || decay <= DECOUPLED) return undefined;
    return {
      title: `Lower the weight decay from ${short(decay)} to ${DECOUPLED}`,
      value: DECOUPLED,
      layers: [],
    };
  },
};
