/** The test set was looked at before: what is chosen by it, it can no longer judge. */
import { defineDetector } from "../detector.ts";

export const testReuse = defineDetector({
  symptom: "test-reuse",
  lesson: "Lesson 000, the test set is used once (S0-27)",
  needs: ["end.testUses"],
  starts: "at the end, where the test set was evaluated",
  thresholds: {
    uses: { value: 1, what: "evaluations of the test set", source: "Lesson 000 (S0-27)" },
  },
  // What was seen cannot be unseen; only new rows help.
  remedies: [],
  on: ["end"],
  create(limits) {
    return (event, { run }) => {
      if (event.kind !== "end" || !((event.testUses ?? 0) > limits.uses)) return undefined;
      const uses = event.testUses ?? 0;
      const span = { firstStep: event.step, lastStep: event.step };
      const text = `evaluated ${uses} times`;
      return {
        severity: "info",
        layers: [],
        ...span,
        message: `This test set was ${text}: choices that it took part in make its figures too good.`,
        evidence: [
          { metric: "testUses", layer: null, ...span, value: uses, threshold: limits.uses, text },
        ],
        anchor: run?.anchors.data ?? null,
      };
    };
  },
});
