/**
 * Successive gradients point nowhere in common: a batch says more of its own examples than of the task.
 *
 * Two batches' gradients have a cosine of 1 / (1 + B/b) at batch size b, where B is McCandlish's noise scale, the batch
 * size at which noise and signal are level. Near a minimum there is no signal left, so this is a note unless the run
 * fails with small batches.
 */
import { defineDetector, type Judge } from "../detector.ts";
import { short } from "../format.ts";
import { batchSize } from "../remedies/batch-size.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { momentum } from "../remedies/momentum.ts";
import { failed, OUTCOME } from "../theory/outcome.ts";

export const noisyGradients = defineDetector({
  symptom: "noisy-gradients",
  lesson: "Lesson 000, stochastic gradient descent (S0-19; McCandlish et al. 2018)",
  needs: ["step.gradientCosine"],
  starts: "after 100 steps",
  thresholds: {
    cosine: {
      value: 0.05,
      what: "mean cosine between successive gradients",
      source: "McCandlish et al. 2018: the noise scale is 19 times the batch size",
    },
    steps: {
      value: 100,
      what: "steps over which the mean is taken",
      source: "Ours: the mean of 100 cosines of pure noise is within 0.02 of 0",
    },
    unlearned: OUTCOME.unlearned,
    wait: OUTCOME.wait,
    small: {
      value: 32,
      what: "batch size below which larger batches are the answer to a failing run",
      source: "Lesson 000 (S0-20): 32 to 256 is usual",
    },
  },
  remedies: [batchSize, momentum, lowerLearningRate],
  on: ["step"],
  create(limits): Judge {
    let sum = 0;
    let count = 0;
    let firstStep: number | undefined;
    return (step, history) => {
      if (step.kind !== "step" || !Number.isFinite(step.gradientCosine ?? Number.NaN)) {
        return undefined;
      }
      sum += step.gradientCosine ?? 0;
      if (++count < limits.steps) return undefined;
      const cosine = sum / count;
      sum = 0;
      count = 0;
      // Opposite directions are an oscillation, and no noise.
      if (!(Math.abs(cosine) < limits.cosine)) {
        const known = firstStep !== undefined;
        firstStep = undefined;
        return known ? null : undefined;
      }
      firstStep ??= step.step - limits.steps + 1;
      const span = { firstStep, lastStep: step.step };
      const batch = history.run?.batchSize ?? 0;
      const fails = batch > 0 && batch < limits.small && failed(history, limits);
      const scale =
        batch > 0 && cosine > 0
          ? `; noise and signal are level at batches of about ${short(batch * (1 / cosine - 1))}, and these have ${batch}`
          : "";
      return {
        severity: fails ? "warning" : "info",
        ...span,
        layers: [],
        message: `Successive gradients have next to nothing in common: their mean cosine is ${short(cosine)} over ${limits.steps} steps${scale}.`,
        evidence: [
          {
            metric: "gradientCosine",
            layer: null,
            ...span,
            value: cosine,
            threshold: limits.cosine,
            text: `mean cosine ${short(cosine)} between successive gradients (noise below ${limits.cosine})`,
          },
        ],
        anchor: history.run?.anchors.fit ?? null,
      };
    };
  },
});
