import { describe, expect, it } from "vitest";
import { coverageText } from "../../../diagnosis/coverage.ts";
import { DETECTORS } from "../../../diagnosis/detectors/index.ts";

describe("what was checked, in words", () => {
  it("gives the symptoms that were looked for, and the others by what they lack", () => {
    expect(
      coverageText({
        checked: ["non-finite", "plateau"],
        unchecked: [
          { symptom: "exploding-gradients", missing: ["step.gradientNorm"] },
          { symptom: "dead-relu", missing: ["epoch.silent"] },
          { symptom: "noisy-gradients", missing: ["step.gradientNorm"] },
          { symptom: "data-leak", missing: ["data.repeated", "data.features"] },
          { symptom: "at-chance", missing: ["step.loss | epoch.train.loss", "run.classes"] },
        ],
      }),
    ).toEqual([
      "Checked for non-finite, plateau.",
      "Not recorded, so not checked: exploding-gradients, noisy-gradients (gradient norms); " +
        "dead-relu (measurements of each layer over an epoch); data-leak (the data); " +
        "at-chance (the loss of each step or training figures of each epoch and settings of the run).",
    ]);
  });

  it("leaves out a line that would be empty", () => {
    expect(coverageText({ checked: ["plateau"], unchecked: [] })).toEqual(["Checked for plateau."]);
    expect(coverageText({ checked: [], unchecked: [] })).toEqual([]);
  });

  it("has words for whatever a detector needs", () => {
    for (const { symptom, needs } of DETECTORS) {
      const [line] = coverageText({ checked: [], unchecked: [{ symptom, missing: [...needs] }] });
      if (needs.length > 0) expect(line).not.toMatch(/[a-z]\.[a-z]/i);
    }
  });
});
