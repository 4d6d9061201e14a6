/**
 * The ranks of a data-parallel training hold different weights, though all should make the same updates: their
 * gradients are not averaged, or they started from different weights.
 */
import { defineDetector, type Judge } from "../detector.ts";
import { short } from "../format.ts";
import { median } from "../robust.ts";

export const replicaDrift = defineDetector({
  symptom: "replica-drift",
  lesson: "Lesson 002, data parallelism: split the batch, average the gradients (S2-28)",
  needs: ["ranks.weightNorm"],
  starts: "at the second measurement of the ranks",
  thresholds: {
    spread: {
      value: 1e-6,
      what: "difference between the ranks' weight norms, as a share of them",
      source: "Lesson 002 (S2-28); 32-bit sums in another order differ by 1e-7",
    },
    measurements: {
      value: 2,
      what: "successive measurements, the difference not shrinking",
      source: "Ours: ranks may be measured between two broadcasts",
    },
  },
  remedies: [],
  on: ["ranks"],
  create({ spread: limit, measurements }): Judge {
    let streak = 0;
    let before = 0;
    let firstStep = 0;
    return (event, history) => {
      if (event.kind !== "ranks" || event.weightNorm.length < 2) return undefined;
      const { weightNorm, step } = event;
      const middle = median(weightNorm);
      const spread = (Math.max(...weightNorm) - Math.min(...weightNorm)) / middle;
      if (!(spread > limit)) {
        const open = streak >= measurements;
        streak = 0;
        return open ? null : undefined;
      }
      const shrank = streak > 0 && spread < before;
      if (streak === 0) firstStep = step;
      streak = shrank && streak < measurements ? 1 : streak + 1;
      before = spread;
      if (streak < measurements) return undefined;
      const furthest = weightNorm.reduce(
        (far, norm, rank) =>
          Math.abs(norm - middle) > Math.abs((weightNorm[far] as number) - middle) ? rank : far,
        0,
      );
      const span = { firstStep, lastStep: step };
      const text = `weight norms of the ranks differ by ${short(spread)} of their size at step ${step}, rank ${furthest} most`;
      return {
        severity: "error",
        ...span,
        layers: [],
        message: `The ranks train different models: the ${text}. Average the gradients over all ranks, and start all from the same weights.`,
        evidence: [
          {
            metric: "ranks.weightNorm",
            layer: null,
            ...span,
            value: spread,
            threshold: limit,
            text,
          },
        ],
        anchor: history.run?.anchors.fit ?? null,
      };
    };
  },
});
