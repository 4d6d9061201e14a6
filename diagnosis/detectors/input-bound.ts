/** The training waits for its examples more than it computes. */
import { defineDetector } from "../detector.ts";
import { percent, short } from "../format.ts";
import { LogMedian } from "../robust.ts";

/** A median of logarithms knows no 0. */
const LEAST = 1e-6;

export const inputBound = defineDetector({
  symptom: "input-bound",
  lesson: "Lesson 002, training at scale; trainproof, loader-bound steps",
  needs: ["step.waited"],
  starts: "after 20 steps, at the end of an epoch",
  thresholds: {
    share: {
      value: 0.5,
      what: "share of a step spent waiting for its examples, the median",
      source: "trainproof: loader-bound at 50 %",
    },
    cost: {
      value: 60,
      what: "seconds waited in all, for a warning",
      source: "Ours: a minute is worth a change",
    },
    steps: { value: 20, what: "steps", source: "Ours: the first ones warm up" },
  },
  // How examples are read is code, not a setting.
  remedies: [],
  on: ["step", "epoch", "end"],
  create(limits) {
    const shares = new LogMedian();
    let before: number | undefined;
    let waited = 0;
    let found = false;
    return (event, { run, lastStep }) => {
      if (event.kind === "step") {
        if (event.waited !== undefined && before !== undefined) {
          waited += event.waited;
          shares.push(Math.max(LEAST, event.waited / (event.seconds - before)));
        }
        before = event.seconds;
        return undefined;
      }
      if (shares.count < limits.steps) return undefined;
      const share = Math.min(1, shares.value);
      if (!(share > limits.share)) return found ? null : undefined;
      found = true;
      const text = `${percent(share)} of a step, ${short(waited)} s in all`;
      const span = { firstStep: 1, lastStep: lastStep?.step ?? 0 };
      return {
        severity: waited >= limits.cost ? "warning" : "info",
        layers: [],
        ...span,
        message: `The training waits for its examples: ${text}.`,
        evidence: [
          { metric: "waited", layer: null, ...span, value: share, threshold: limits.share, text },
        ],
        anchor: run?.anchors.data ?? null,
      };
    };
  },
});
