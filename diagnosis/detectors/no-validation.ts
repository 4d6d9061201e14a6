/** No rows to tell learning from memorising, or too few. */
import { defineDetector } from "../detector.ts";
import { short } from "../format.ts";
import { validationSplit } from "../remedies/validation-split.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";

export const noValidation = defineDetector({
  symptom: "no-validation",
  lesson: "Lesson 000, training, validation and test split; k-fold cross-validation (S0-27, S0-28)",
  needs: ["run.examples.train"],
  starts: "before the first update, from the number of rows",
  thresholds: {
    rows: { value: 100, what: "validation rows", source: "Lesson 000 (S0-28)" },
  },
  remedies: [validationSplit],
  on: ["run"],
  create(limits) {
    return (event) => {
      // Other tools do not tell their rows.
      if (event.kind !== "run" || event.examples.train === 0) return undefined;
      const { validation } = event.examples;
      if (validation >= limits.rows || event.fold) return undefined;
      const points = short(100 * Math.sqrt(0.25 / validation));
      const message =
        validation === 0
          ? "No rows are kept for validation: nothing shows whether the network learns or memorises."
          : `${validation} validation rows measure an accuracy to ± ${points} points at best; k-fold cross-validation uses every row once.`;
      return fromTheStart({ message, anchor: event.anchors.data });
    };
  },
});
