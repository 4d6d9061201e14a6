/** Pictures that are changed a little, anew in every epoch (lesson 000, S0-26). */
import type { Remedy } from "../remedy.ts";

export const augment: Remedy = {
  id: "augment",
  propose(_observation, { run, layers }) {
    if (!run || run.augmented) return undefined;
    const pictures =
      run.inputShape?.length === 3 || layers.some(({ type }) => /conv.*2d/i.test(type));
    if (!pictures) return undefined;
    return {
      title:
        "Augment the training pictures: rotate by up to 5°, crop to 90 %, add noise; flip them too where a mirrored picture keeps its class",
      value: null,
      layers: [],
    };
  },
};
