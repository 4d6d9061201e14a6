/**
 * Gradients in half precision become zero because they are smaller than 6e-8: what they would have taught is lost. A
 * larger loss scale brings them back (1e-8 is 0 in half precision, and survives with a scale of 65,536).
 */
import { defineDetector, type Judge } from "../detector.ts";
import { percent, short } from "../format.ts";
import { median, Window } from "../robust.ts";
import { failed, OUTCOME } from "../theory/outcome.ts";

export const halfPrecisionUnderflow = defineDetector({
  symptom: "half-precision-underflow",
  lesson: "Lesson 002, mixed precision (S2-31; Micikevicius et al. 2018)",
  needs: ["step.half"],
  starts: "after five steps",
  thresholds: {
    share: {
      value: 0.05,
      what: "share of the gradient's entries that are lost as 0",
      source:
        "Micikevicius et al. 2018: of a speech model's gradient 5 % are that small, and are needed",
    },
    severe: {
      value: 0.5,
      what: "the same, from which it is an error",
      source: "Ours: most of the network learns nothing",
    },
    steps: {
      value: 5,
      what: "steps whose median is judged",
      source: "Ours: never from one noisy step",
    },
    ...OUTCOME,
  },
  remedies: [],
  on: ["step"],
  create(limits): Judge {
    const recent = new Window(limits.steps);
    let firstStep: number | undefined;
    let last: string | undefined;
    return (step, history) => {
      if (step.kind !== "step" || !step.half) return undefined;
      recent.push(step.half.zero);
      if (!recent.full) return undefined;
      const lost = median(recent.values);
      if (!(lost > limits.share)) {
        if (firstStep === undefined || lost > limits.share / 2) return undefined;
        firstStep = undefined;
        last = undefined;
        return null;
      }
      firstStep ??= step.step - limits.steps + 1;
      const severity = lost > limits.severe || failed(history, limits) ? "error" : "warning";
      if (severity === last) return undefined;
      last = severity;
      const span = { firstStep, lastStep: step.step };
      const scale = step.half.scale;
      const text = `${percent(lost)} of the gradient's entries are lost as 0, at a loss scale of ${short(scale)}`;
      return {
        severity,
        ...span,
        layers: [],
        message: `Half precision underflows: ${text}. Scale the loss ${scale > 1 ? "more" : "before the backward pass"}, and the gradient back before the update.`,
        evidence: [
          { metric: "half.zero", layer: null, ...span, value: lost, threshold: limits.share, text },
        ],
        anchor: history.run?.anchors.optimizer ?? null,
      };
    };
  },
});
