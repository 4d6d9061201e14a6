/**
 * Inputs that are not of the order of 1.
 *
 * The signal and the gradient of the first layer grow with the root mean square of its inputs, the curvature of the
 * loss with its square, so the largest stable learning rate falls with the square (LeCun et al. 1998, section 4.3).
 * Up to the lessons' bounds on mean and deviation that is a matter of practice, for usual rates leave that room.
 */
import type { DataEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { standardizeInputs } from "../remedies/standardize-inputs.ts";
import { MOST_FEATURES, whitenInputs } from "../remedies/whiten-inputs.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { isBatchNorm } from "../theory/network.ts";

interface Scale {
  feature: string;
  mean: number;
  std: number;
  rms: number;
  /** How many times as large as the median feature. */
  uneven: number;
}

export const unnormalizedInputs = defineDetector({
  symptom: "unnormalized-inputs",
  lesson:
    "Lesson 003, normalise your inputs (S3-27); lesson 004, normalise and decorrelate (LeCun et al. 1998)",
  needs: ["data.inputs"],
  wants: ["data.featureScale", "data.correlation"],
  starts: "before the first update, from the inputs",
  thresholds: {
    mean: {
      value: 1,
      what: "mean of the largest feature, either sign",
      source: "Lesson 003 (S3-27)",
    },
    leastStd: { value: 0.1, what: "standard deviation of the largest feature", source: "S3-27" },
    mostStd: { value: 10, what: "standard deviation of the largest feature", source: "S3-27" },
    costlyRms: {
      value: 30,
      what: "root mean square of the largest feature, for a warning",
      source:
        "LeCun et al. 1998: stable rates are 1,000 times smaller; usual ones span a hundred (S3-13, S2-33)",
    },
    severeRms: {
      value: 100,
      what: "root mean square of the largest feature, for an error",
      source: "LeCun et al. 1998: stable rates are 10,000 times smaller",
    },
    tinyRms: {
      value: 0.01,
      what: "root mean square of the largest feature, for a warning; ten times that is the norm of an example",
      source: "LeCun et al. 1998: what the first layer learns in a step falls with the square",
    },
    correlation: { value: 0.95, what: "correlation of two features", source: "Lesson 004 (S4-14)" },
    condition: {
      value: 1000,
      what: "condition of the features' correlation matrix",
      source: "Lesson 004 (S4-14)",
    },
    features: {
      value: MOST_FEATURES,
      what: "features, above which whitening costs too much",
      source: "Lesson 004 (S4-21): the cost grows with the cube",
    },
  },
  remedies: [standardizeInputs, batchNormalization, whitenInputs],
  on: ["data"],
  create(limits) {
    return (event, history) => {
      if (event.kind !== "data") return undefined;
      const [first] = history.layers;
      // Both undo any scale: the first by its own statistics, the second because its inputs are names of rows.
      if (first && (isBatchNorm(first.type) || /embedding/i.test(first.type))) return undefined;
      const scale = scaleOf(event);
      const anchor = history.run?.anchors.data ?? null;
      if (scale.rms > limits.mostStd) return tooLarge(scale, limits, anchor);
      const norm = Math.sqrt(event.features) * scale.rms;
      // Of many sparse features each is small, and the example is not.
      if (scale.rms <= limits.tinyRms && norm <= 10 * limits.tinyRms)
        return tooSmall(scale, limits, anchor);
      const { mean, std } = scale;
      const outside = Math.abs(mean) > limits.mean || std < limits.leastStd || std > limits.mostStd;
      if (outside) {
        return fromTheStart({
          message: `${scale.feature} has mean ${short(mean)} and standard deviation ${short(std)}: inputs with mean 0 and standard deviation 1 train faster.`,
          anchor,
        });
      }
      return correlated(event, history, limits);
    };
  },
});

function scaleOf({ featureScale, inputs }: DataEvent): Scale {
  if (!featureScale) {
    const rms = Math.hypot(inputs.mean, inputs.std);
    return { feature: "The input", ...inputs, rms, uneven: 1 };
  }
  const { largest, largestRms, medianRms } = featureScale;
  const feature = largest.feature.replace(/^./, (letter) => letter.toUpperCase());
  return { ...largest, feature, rms: largestRms, uneven: largestRms / medianRms };
}

function tooSmall(
  { feature, rms }: Scale,
  limits: { tinyRms: number },
  anchor: Observation["anchor"],
): Observation {
  const text = `${feature}, the largest, has the root mean square ${short(rms)}`;
  return fromTheStart({
    severity: "warning",
    message: `${text}: signal and gradient of the first layer are ${short(1 / rms)} times smaller than for inputs of the order of 1.`,
    evidence: [figure("data.featureScale.largestRms", rms, limits.tinyRms, text)],
    anchor,
  });
}

function tooLarge(
  { feature, mean, std, rms, uneven }: Scale,
  limits: { mostStd: number; costlyRms: number; severeRms: number },
  anchor: Observation["anchor"],
): Observation {
  const severity = rms >= limits.severeRms ? "error" : rms >= limits.costlyRms ? "warning" : "info";
  const beside =
    uneven >= limits.mostStd ? `, ${short(uneven)} times that of the median feature` : "";
  const text = `${feature} has the root mean square ${short(rms)}${beside}`;
  return fromTheStart({
    severity,
    message: `${text} (mean ${short(mean)}, standard deviation ${short(std)}): the largest stable learning rate is about ${short(rms ** 2)} times smaller than for inputs of the order of 1.`,
    evidence: [figure("data.featureScale.largestRms", rms, limits.mostStd, text)],
    anchor,
  });
}

function correlated(
  { correlation, features }: DataEvent,
  { run }: History,
  limits: { correlation: number; condition: number; features: number },
): Observation | undefined {
  // Neighbouring pixels always are.
  if (!correlation || (run?.inputShape?.length ?? 1) > 1) return undefined;
  const { largest, condition } = correlation;
  if (!(Math.abs(largest) > limits.correlation) && !(condition > limits.condition))
    return undefined;
  const text = `features are correlated by up to ${short(largest)} (condition ${short(condition)})`;
  const costly =
    features > limits.features
      ? ` Whitening ${features} of them costs too much; batch normalisation does most of it.`
      : "";
  return fromTheStart({
    message: `${text.replace("f", "F")}: uncorrelated inputs train faster.${costly}`,
    evidence: [figure("data.correlation", largest, limits.correlation, text)],
    anchor: run?.anchors.data ?? null,
  });
}
