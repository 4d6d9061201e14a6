/** Inputs with zero mean and unit variance (lessons 003 and 004: S3-27, S4-14). */
import { short } from "../format.ts";
import type { Remedy } from "../remedy.ts";

const SCALED = ["standardize", "whiten", "pca"];

export const standardizeInputs: Remedy = {
  id: "standardize-inputs",
  propose(_observation, { run, data }) {
    if (run?.scaling?.some((step) => SCALED.includes(step))) return undefined;
    const largest = data?.featureScale?.largest;
    const reason = largest
      ? ` (${largest.feature} has mean ${short(largest.mean)} and standard deviation ${short(largest.std)})`
      : data
        ? ` (their mean is ${short(data.inputs.mean)} and their standard deviation ${short(data.inputs.std)})`
        : "";
    return {
      title: `Standardise the inputs to mean 0 and standard deviation 1${reason}`,
      value: null,
      layers: [],
    };
  },
};
