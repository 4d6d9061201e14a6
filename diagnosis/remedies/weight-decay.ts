/** L2 weight decay on every layer with a kernel. */
import type { Remedy } from "../remedy.ts";
import { weightedLayers } from "../theory/network.ts";

/** Lesson 000 (S0-22). */
const L2 = 0.001;
/** Lesson 002 (S2-33) has this much; the lessons accept both. */
const ENOUGH = 0.0001;

export const weightDecay: Remedy = {
  id: "weight-decay",
  propose(_observation, { layers, run }) {
    const decoupled = run?.optimizer.settings["weightDecay"];
    if (typeof decoupled === "number" && decoupled > 0) return undefined;
    const weighted = weightedLayers(layers).filter(({ layer }) => layer.type !== "rbf");
    const without = weighted.filter(({ layer }) => !((layer.l2 ?? 0) >= ENOUGH));
    if (without.length === 0) return undefined;
    const all = without.length === weighted.length;
    return {
      title: `Add weight decay (L2 ${L2}) to ${all ? "every layer" : `the ${without.length} layers`} with weights${all ? "" : " that have none"}`,
      value: L2,
      layers: without.map(({ layer }) => layer.name),
    };
  },
};
