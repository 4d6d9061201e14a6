/** Inputs with unit variance that are not correlated (PCA; lesson 004, S4-14). */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

/** Lesson 004 (S4-21): the cost grows with the cube of it. */
export const MOST_FEATURES = 2000;

export const whitenInputs: Remedy = {
  id: "whiten-inputs",
  propose(observation, { run, data, layers }) {
    if (run?.scaling?.some((step) => step === "whiten" || step === "pca")) return undefined;
    if ((data?.features ?? 0) > MOST_FEATURES) return undefined;
    // What comes out is no picture any more.
    if (layers.some(({ type }) => /conv|pool/i.test(type))) return undefined;
    const found = data?.correlation;
    const reason = found
      ? ` (features are correlated by up to ${short(found.largest)}, condition ${short(found.condition)})`
      : "";
    return {
      title: `Whiten the inputs by PCA${reason}`,
      value: null,
      layers: [],
      pointedAt: observation.evidence.some(({ metric }) => metric === "data.correlation"),
    };
  },
};
