/** L2 weight decay on every dense layer. */
import type { Remedy } from "../remedy.ts";

/** Lesson 000 (S0-22). */
const L2 = 0.001;

export const weightDecay: Remedy = {
  id: "weight-decay",
  propose(_observation, history) {
    const names = history.layers.filter(({ type }) => type === "dense").map(({ name }) => name);
    if (names.length === 0) return undefined;
    return { title: `Add weight decay (L2 ${L2}) to the dense layers`, value: L2, layers: names };
  },
};
