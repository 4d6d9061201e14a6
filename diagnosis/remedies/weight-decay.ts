/** L2 weight decay on every layer with a kernel. */
import type { Remedy } from "../remedy.ts";

/** Lesson 000 (S0-22). */
const L2 = 0.001;

export const weightDecay: Remedy = {
  id: "weight-decay",
  propose(_observation, history) {
    const names = history.layers.filter(({ fanIn }) => fanIn !== null).map(({ name }) => name);
    if (names.length === 0) return undefined;
    return {
      title: `Add weight decay (L2 ${L2}) to every layer with weights`,
      value: L2,
      layers: names,
    };
  },
};
