/** Momentum for plain gradient descent; where it is there, Nesterov's look-ahead. */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

/** Lesson 000 (S0-15, S0-16). */
const USUAL = 0.9;
const LEAST = 0.5;
const MOST = 0.999;
const PLAIN = ["sgd", "momentum"];

export const momentum: Remedy = {
  id: "momentum",
  propose(_observation, { run }) {
    if (!run || !PLAIN.includes(run.optimizer.name.toLowerCase())) return undefined;
    const { momentum: given, nesterov } = run.optimizer.settings;
    const now = typeof given === "number" ? given : 0;
    if (now === 0) return { title: `Add momentum ${USUAL}`, value: USUAL, layers: [] };
    if (now < LEAST || now > MOST) {
      return {
        title: `Set the momentum from ${short(now)} to ${USUAL}`,
        value: USUAL,
        layers: [],
      };
    }
    if (nesterov) return undefined;
    return {
      title: "Look ahead along the momentum (Nesterov): it overshoots less",
      value: null,
      layers: [],
    };
  },
};
