/** Gradient clipping by global norm. */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

/** Lesson 003 (S3-26); 5.0 is its other choice. */
const NORM = 1;

export const clipByNorm: Remedy = {
  id: "clip-by-norm",
  propose(observation, history) {
    const now = history.run?.optimizer.settings["clipNorm"];
    if (typeof now === "number" && now <= NORM) return undefined;
    const seen = observation.evidence.find(({ metric }) => metric === "gradientNorm")?.value;
    const reason = seen !== undefined && seen > NORM ? ` (it reached ${short(seen)})` : "";
    return { title: `Clip the gradient to norm 1.0${reason}`, value: NORM, layers: [] };
  },
};
