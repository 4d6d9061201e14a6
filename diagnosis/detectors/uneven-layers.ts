/** Layers that learn at very different speeds: one learning rate does not fit all of them. */
import { defineDetector, type Judge } from "../detector.ts";
import { layerEvidence, nameOf } from "../evidence.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { useAdam } from "../remedies/use-adam.ts";
import { weightedLayers } from "../theory/network.ts";

export const unevenLayers = defineDetector({
  symptom: "uneven-layers",
  lesson: "Lesson 004, layer-wise learning rates (S4-09; LeCun et al. 1998)",
  needs: ["step.layers.updateRatio"],
  starts: "after 27 sampled steps",
  thresholds: {
    factor: {
      value: 100,
      what: "largest update ratio of a layer over the smallest",
      source: "Lesson 004 (S4-09)",
    },
    patience: {
      value: 2,
      what: "successive windows of nine sampled steps",
      source: "Ours: the first window holds the start, when all is uneven",
    },
  },
  remedies: [useAdam],
  on: ["window"],
  create({ factor, patience }): Judge {
    let streak = 0;
    let firstStep = 0;
    return (window, history) => {
      if (window.kind !== "window") return undefined;
      // Most windows end here: the latest step alone shows that the layers keep step.
      const latest = spreadOf(history.lastStep?.layers?.updateRatio ?? [], history);
      const spread =
        latest.high / latest.low > factor ? spreadOf(window.of("updateRatio"), history) : latest;
      const { slow, fast, low, high } = spread;
      if (!(high / low > factor)) {
        const over = streak >= patience;
        streak = 0;
        return over ? null : undefined;
      }
      if (streak === 0) firstStep = window.firstStep;
      if (++streak !== patience) return undefined;
      const span = { firstStep, lastStep: window.lastStep };
      const names = [nameOf(history, slow), nameOf(history, fast)];
      return {
        severity: "info",
        ...span,
        layers: names,
        message: `${names[1]} changes ${short(high / low)} times as fast as ${names[0]}, measured against their weights: no one learning rate fits both.`,
        evidence: [
          layerEvidence(history, "updateRatio", slow, {
            ...span,
            value: high / low,
            threshold: factor,
            text: `updates of ${short(low)} of the weights, against ${short(high)} in ${names[1]}`,
          }),
        ],
        anchor: history.run?.anchors.optimizer ?? null,
      };
    };
  },
});

interface Spread {
  slow: number;
  fast: number;
  low: number;
  high: number;
}

/** The slowest and the fastest layer; NaN where there are none. */
function spreadOf(ratios: ArrayLike<number | null>, { layers }: History): Spread {
  const spread = { slow: -1, fast: -1, low: Number.NaN, high: Number.NaN };
  for (const { index } of weightedLayers(layers)) {
    const ratio = ratios[index] ?? Number.NaN;
    // Zero is `frozen-layer`; infinite are the first updates of weights that start at zero.
    if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) continue;
    if (!(ratio >= spread.low)) Object.assign(spread, { slow: index, low: ratio });
    if (!(ratio <= spread.high)) Object.assign(spread, { fast: index, high: ratio });
  }
  return spread;
}
