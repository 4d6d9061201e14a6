/** A new random order of the examples in every epoch (lesson 004, S4-07). */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

export const shuffle: Remedy = {
  id: "shuffle",
  propose(_observation, { run, data }) {
    if (run?.shuffle) return undefined;
    const order = data?.order;
    const reason = order
      ? ` (${order.longestRun} of one class follow each other, where chance makes ${short(order.expectedRun)})`
      : "";
    return { title: `Shuffle the examples in every epoch${reason}`, value: null, layers: [] };
  },
};
