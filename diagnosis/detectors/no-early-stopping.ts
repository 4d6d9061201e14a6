/** Nothing ends the training where validation is best, or its settings miss that place. */
import { defineDetector } from "../detector.ts";
import { earlyStopping } from "../remedies/early-stopping.ts";
import { restoreBestWeights } from "../remedies/restore-best-weights.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";

export const noEarlyStopping = defineDetector({
  symptom: "no-early-stopping",
  lesson: "Lessons 000 and 001, early stopping and the best weights (S0-23, S1-34; Prechelt 1998)",
  needs: ["run.examples.train"],
  starts: "before the first update, from the settings",
  thresholds: {
    epochs: {
      value: 10,
      what: "epochs, up to which there is nothing to stop",
      source: "Lesson 000: the usual patience (S0-23)",
    },
    leastPatience: { value: 5, what: "epochs of patience", source: "Lesson 001 (S1-35)" },
    mostPatience: { value: 20, what: "epochs of patience", source: "Lesson 001 (S1-35)" },
  },
  remedies: [earlyStopping, restoreBestWeights],
  on: ["run"],
  create(limits) {
    return (event) => {
      if (event.kind !== "run" || event.examples.validation === 0) return undefined;
      if (event.epochs <= limits.epochs) return undefined;
      const { patience, restoreBestWeights: restores } = event.earlyStopping ?? {};
      const remarks = [
        ...(patience === undefined
          ? [`nothing stops the training before its ${event.epochs} epochs are over`]
          : []),
        ...(restores === false ? ["it ends with the last weights and not the best"] : []),
        ...(patience !== undefined &&
        (patience < limits.leastPatience || patience > limits.mostPatience)
          ? [
              `a patience of ${patience} epochs, where ${limits.leastPatience} to ${limits.mostPatience} are usual`,
            ]
          : []),
      ];
      if (remarks.length === 0) return undefined;
      return fromTheStart({
        message: `Early stopping: ${remarks.join("; ")}.`,
        anchor: event.anchors.fit,
      });
    };
  },
});
