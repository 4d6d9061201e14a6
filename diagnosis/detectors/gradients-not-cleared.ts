/**
 * The gradients of earlier batches are still there when the next are added: the update is the sum over all of the past.
 *
 * The probe sees it at once. Without it, it shows as a gradient norm that grows in proportion to the step while the
 * loss stays where it was.
 */
import type { StepEvent } from "../../telemetry/events.ts";
import { defineDetector, type Judge, type Observation } from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";

/** How far a norm may be from being proportional to the step: real batches differ. */
const TOLERANCE = 0.3;
/** A loss within this of the first one has not moved. */
const SAME_LOSS = 0.1;

export const gradientsNotCleared = defineDetector({
  symptom: "gradients-not-cleared",
  lesson:
    "Lesson 002, the training loop: forward, loss, backward, update, zero the gradients (S2-01)",
  needs: ["step.gradientNorm"],
  wants: ["step.accumulated"],
  starts: "at the second step; after ten steps where only norms are told",
  thresholds: {
    steps: {
      value: 10,
      what: "first steps whose gradient norm grows in proportion",
      source: "Ours: ten proportional norms at a fixed loss are no chance",
    },
  },
  remedies: [],
  on: ["step"],
  create({ steps }): Judge {
    let first: StepEvent | undefined;
    let proportional = 0;
    let open = false;
    return (step, history) => {
      if (step.kind !== "step" || open) return undefined;
      first ??= step;
      if (step.accumulated) {
        if (step.accumulated.planned) return undefined;
        open = true;
        return observe(step, first, history, step.accumulated.passes);
      }
      const passed = step.step - first.step + 1;
      if (passed > steps || proportional < passed - 1) return undefined;
      const growth = step.gradientNorm / first.gradientNorm;
      const inProportion = Math.abs(growth / passed - 1) <= TOLERANCE;
      const still = Math.abs(step.loss - first.loss) <= SAME_LOSS * Math.abs(first.loss);
      if (!inProportion || !still) return undefined;
      if (++proportional < steps) return undefined;
      open = true;
      return observe(step, first, history, undefined);
    };
  },
});

function observe(
  step: StepEvent,
  first: StepEvent,
  history: History,
  passes: number | undefined,
): Observation {
  const span = { firstStep: first.step, lastStep: step.step };
  const growth = step.gradientNorm / first.gradientNorm;
  const text = passes
    ? `${passes} backward passes added up at step ${step.step}`
    : `gradient norm ${short(growth)} times the first at step ${step.step}, at a loss of ${short(step.loss)} that has not moved`;
  return {
    severity: "error",
    ...span,
    layers: [],
    message: `The gradients are not cleared between the steps: ${text}. Set them to zero after every update.`,
    evidence: [
      {
        metric: "gradientNorm",
        layer: null,
        ...span,
        value: passes ?? growth,
        threshold: 1,
        text,
      },
    ],
    anchor: history.run?.anchors.fit ?? null,
  };
}
