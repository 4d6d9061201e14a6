/** Clipping that is the rule instead of the exception, or that turns the gradient instead of shortening it. */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipNormInsteadOfValue } from "../remedies/clip-norm-instead-of-value.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { raiseClipNorm } from "../remedies/raise-clip-norm.ts";
import { LogMedian } from "../robust.ts";

/** Rounding of the two norms stays below. */
const SHORTENED = 1 - 1e-4;

export const clippingMisused = defineDetector({
  symptom: "clipping-misused",
  lesson:
    "Lesson 003, gradient clipping: by value it may turn the gradient; monitor norms to choose (S3-18, S3-20; Pascanu et al. 2013)",
  needs: ["step.gradientNorm", "step.clippedNorm"],
  wants: ["step.clipAngle"],
  starts: "after 20 steps, at the end of an epoch",
  thresholds: {
    angle: {
      value: 5,
      what: "degrees by which clipping turns the gradient, the median of the clipped steps",
      source: "Lesson 003 (S3-18)",
    },
    share: { value: 0.5, what: "share of the steps that are clipped", source: "S3-20" },
    steps: { value: 20, what: "steps", source: "Ours: a share of fewer is chance" },
  },
  remedies: [clipNormInsteadOfValue, raiseClipNorm, lowerLearningRate],
  on: ["step", "epoch", "end"],
  create(limits) {
    const norms = new LogMedian();
    const angles = new LogMedian();
    let steps = 0;
    let clipped = 0;
    let found = false;
    return (event, history) => {
      if (event.kind === "step") {
        steps++;
        norms.push(event.gradientNorm);
        if (event.clippedNorm < SHORTENED * event.gradientNorm) clipped++;
        if (event.clipAngle !== undefined) angles.push(event.clipAngle);
        return undefined;
      }
      if (steps < limits.steps) return undefined;
      const share = clipped / steps;
      const turned = angles.value > limits.angle;
      if (!turned && !(share > limits.share)) return found ? null : undefined;
      found = true;
      return observe(
        { share, norm: norms.value, ...(turned && { angle: angles.value }) },
        history,
        limits,
      );
    };
  },
});

function observe(
  seen: { share: number; norm: number; angle?: number },
  { run, lastStep }: History,
  limits: { share: number; angle: number },
): Observation {
  const span = { firstStep: 1, lastStep: lastStep?.step ?? 0 };
  const { share, norm, angle } = seen;
  const often = `${percent(share)} of the steps are clipped (gradient norm ${short(norm)} in the median)`;
  const turns = angle === undefined ? [] : [`clipping turns the gradient by ${short(angle)}°`];
  const remarks = [...turns, ...(share > limits.share ? [often] : [])];
  const evidence = { metric: "gradientNorm", layer: null, ...span };
  return {
    severity: "info",
    layers: [],
    ...span,
    message: `Clipping does more than cut off peaks: ${remarks.join("; ")}.`,
    evidence: [
      ...turns.map((text) => ({
        ...evidence,
        metric: "clipAngle",
        value: angle ?? 0,
        threshold: limits.angle,
        text,
      })),
      ...(share > limits.share
        ? [{ ...evidence, value: norm, threshold: clipNormOf(run), text: often }]
        : []),
    ],
    anchor: run?.anchors.optimizer ?? null,
  };
}

function clipNormOf(run: History["run"]): number {
  const { clipNorm } = run?.optimizer.settings ?? {};
  return typeof clipNorm === "number" ? clipNorm : Number.NaN;
}
