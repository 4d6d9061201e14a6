/**
 * Training with layers in evaluation mode: dropout drops nothing, and batch normalisation uses and keeps old statistics.
 */
import { defineDetector, type Judge } from "../detector.ts";
import { list } from "../format.ts";
import type { History } from "../history.ts";
import { isBatchNorm } from "../theory/network.ts";

export const wrongMode = defineDetector({
  symptom: "wrong-mode",
  lesson: "Lesson 000, dropout only in training (S0-24); lesson 001, batch normalisation (S1-16)",
  needs: ["step.trainingMode"],
  starts: "after three steps",
  thresholds: {
    steps: {
      value: 3,
      what: "successive steps in evaluation mode",
      source: "TrainCheck: a silent fault within 3 steps; a single one may be a test pass",
    },
  },
  remedies: [],
  on: ["step"],
  create({ steps }): Judge {
    let streak = 0;
    return (step, history) => {
      if (step.kind !== "step" || step.trainingMode === undefined) return undefined;
      if (step.trainingMode) {
        const open = streak >= steps;
        streak = 0;
        return open ? null : undefined;
      }
      if (++streak !== steps) return undefined;
      const names = affected(history);
      if (names?.length === 0) return undefined;
      const span = { firstStep: step.step - steps + 1, lastStep: step.step };
      const which = names ? list(names) : "layers that behave otherwise in training";
      return {
        severity: "warning",
        ...span,
        layers: names ?? [],
        message: `The model trains in evaluation mode since step ${span.firstStep}: ${which} do not do what they do in training. Switch to training mode before the loop, and back after every evaluation.`,
        evidence: [
          {
            metric: "trainingMode",
            layer: names?.[0] ?? null,
            ...span,
            value: streak,
            threshold: steps,
            text: `${streak} successive updates in evaluation mode`,
          },
        ],
        anchor: history.run?.anchors.fit ?? null,
      };
    };
  },
});

/** Layers for which the mode matters; frozen normalisation is kept in evaluation mode on purpose. Undefined: not known. */
function affected({ layers }: History): string[] | undefined {
  if (layers.length === 0) return undefined;
  return layers
    .filter(
      ({ type, trainable }) => /dropout/i.test(type) || (isBatchNorm(type) && trainable !== false),
    )
    .map(({ name }) => name);
}
