/**
 * Gradients in half precision exceed 65,504 and become infinite.
 *
 * With dynamic loss scaling one such step in two thousand is how the scale is found, and is skipped. Many of them, or one
 * without scaling, are not.
 */
import { defineDetector, type Judge } from "../detector.ts";
import { percent, short } from "../format.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { Window } from "../robust.ts";

export const halfPrecisionOverflow = defineDetector({
  symptom: "half-precision-overflow",
  lesson: "Lesson 002, mixed precision (S2-31; Micikevicius et al. 2018)",
  needs: ["step.half"],
  starts: "after 20 steps; at once where the loss is not scaled",
  thresholds: {
    share: {
      value: 0.25,
      what: "share of the steps that overflow",
      source:
        "Ours: a scale that is being found halves itself with each, ten times from 65,536 to 64",
    },
    steps: {
      value: 40,
      what: "steps over which they are counted",
      source: "Ours: beyond the ten or so in which the first scale is found",
    },
  },
  remedies: [clipByNorm, lowerLearningRate],
  on: ["step"],
  create({ share, steps }): Judge {
    const recent = new Window(steps);
    let overflows = 0;
    let firstStep: number | undefined;
    return (step, history) => {
      if (step.kind !== "step" || !step.half) return undefined;
      const { scale, infinite } = step.half;
      const now = infinite > 0 ? 1 : 0;
      overflows += now - (recent.full ? recent.first : 0);
      recent.push(now);
      const unscaled = now === 1 && !(scale > 1);
      const often = recent.full && overflows > share * steps;
      if (!unscaled && !often) {
        const over = firstStep !== undefined && recent.full && overflows === 0;
        if (over) firstStep = undefined;
        return over ? null : undefined;
      }
      if (firstStep !== undefined) return undefined;
      firstStep = unscaled ? step.step : step.step - steps + 1;
      const span = { firstStep, lastStep: step.step };
      const text = unscaled
        ? `${percent(infinite)} of the gradient's entries are infinite at step ${step.step}, and the loss is not scaled`
        : `${overflows} of the last ${steps} steps overflowed, at a loss scale of ${short(scale)}`;
      return {
        severity: "error",
        ...span,
        layers: [],
        message: `Half precision overflows: ${text}. Steps that overflow are lost, or destroy the weights.`,
        evidence: [
          {
            metric: "half.infinite",
            layer: null,
            ...span,
            value: unscaled ? infinite : overflows / steps,
            threshold: unscaled ? 0 : share,
            text,
          },
        ],
        anchor: history.run?.anchors.optimizer ?? null,
      };
    };
  },
});
