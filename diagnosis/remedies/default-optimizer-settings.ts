/** The optimizer's own constants as their papers have them. */
import { list, short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

/** Kingma and Ba 2015; Hinton's lecture for rho. */
const USUAL: Record<string, number> = { beta1: 0.9, beta2: 0.999, rho: 0.9, epsilon: 1e-8 };
/** Keras and TensorFlow.js use 1e-7. */
const LARGEST_EPSILON = 1e-7;

export const defaultOptimizerSettings: Remedy = {
  id: "default-optimizer-settings",
  propose(_observation, { run }) {
    const moved = Object.entries(USUAL).flatMap(([name, usual]) => {
      const now = run?.optimizer.settings[name];
      if (typeof now !== "number" || now === usual) return [];
      if (name === "epsilon" && now > usual && now <= LARGEST_EPSILON) return [];
      return [`${name} ${short(usual)} instead of ${short(now)}`];
    });
    if (moved.length === 0) return undefined;
    return {
      title: `Go back to the optimizer's usual settings: ${list(moved)}`,
      value: null,
      layers: [],
    };
  },
};
