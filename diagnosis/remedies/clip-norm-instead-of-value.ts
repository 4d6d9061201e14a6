/** Clipping that keeps the gradient's direction (lesson 003, S3-18). */
import type { Remedy } from "../remedy.ts";

/** Lesson 003 (S3-26). */
const NORM = 1;

export const clipNormInsteadOfValue: Remedy = {
  id: "clip-norm-instead-of-value",
  propose(_observation, { run }) {
    if (run?.optimizer.settings["clipValue"] === undefined) return undefined;
    return {
      title: "Clip the gradient to norm 1.0 instead of each element: that keeps its direction",
      value: NORM,
      layers: [],
    };
  },
};
