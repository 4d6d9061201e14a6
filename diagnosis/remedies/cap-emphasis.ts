/** A limit to how often a few examples with a high loss are drawn (lesson 004, S4-08). */
import type { Remedy } from "../remedy.ts";

/** Times the mean loss: 1 % of the examples then get at most a tenth of the draws. */
const CAP = 10;

export const capEmphasis: Remedy = {
  id: "cap-emphasis",
  propose(_observation, { epochs }) {
    if (!epochs.some(({ emphasized }) => emphasized)) return undefined;
    return {
      title: `Let a loss count as at most ${CAP} times the mean when examples are drawn`,
      value: CAP,
      layers: [],
    };
  },
};
