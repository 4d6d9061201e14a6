/**
 * Weights that grow on and on: by doubling from window to window, which ends in overflow, or twofold while the
 * validation loss rises and nothing holds them back.
 */
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence, nameOf, type Span } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { weightDecay } from "../remedies/weight-decay.ts";
import { weightedLayers } from "../theory/network.ts";

const THRESHOLDS = {
  growth: {
    value: 2,
    what: "norm of a layer's weights over what it was at first",
    source: "Lesson 000 (S0-22)",
  },
  windows: {
    value: 5,
    what: "successive windows in each of which the norm doubled",
    source: "TheDeepChecker: doubled in 5 windows",
  },
} as const satisfies Thresholds;

/** Validation loss over its minimum so far: Prechelt 1998, as for `validation-rising`. */
const RISE = 1.05;
/** What is left to learn, above which growth without end is no way of learning. */
const FAILING = 0.9;

export const weightsGrowing = defineDetector({
  symptom: "weights-growing",
  lesson: "Lesson 000, weight decay (S0-22; Krogh and Hertz 1992)",
  needs: ["step.layers.weightNorm"],
  wants: ["epoch.validation"],
  starts: "after nine sampled steps; for doubling after five windows",
  thresholds: THRESHOLDS,
  remedies: [weightDecay, lowerLearningRate],
  on: ["window"],
  create(limits) {
    const doublings: number[] = [];
    let before: Float64Array | undefined;
    let firstStep: number | undefined;
    let worst = 0;
    return (window, history) => {
      if (window.kind !== "window") return undefined;
      // Most runs end here: the latest step alone shows that nothing has grown.
      if (grownLayers(history.lastStep?.layers?.weightNorm ?? [], history, limits).length === 0) {
        before = undefined;
        return undefined;
      }
      const norms = window.of("weightNorm");
      norms.forEach((norm, i) => {
        const doubled = norm > 2 * (before?.[i] ?? Number.NaN);
        doublings[i] = doubled ? (doublings[i] ?? 0) + 1 : 0;
      });
      before = norms;
      const grown = grownLayers(norms, history, limits);
      const running = grown.some(({ index }) => (doublings[index] ?? 0) >= limits.windows);
      const unheld = grown.length > 0 && risesUnheld(history);
      if (!running && !unheld) return undefined;
      const growth = Math.max(...grown.map(({ growth }) => growth));
      if (firstStep !== undefined && growth < 2 * worst) return undefined;
      firstStep ??= window.firstStep;
      worst = growth;
      const span = { firstStep, lastStep: window.lastStep };
      return observe(history, grown, { running, span, limits });
    };
  },
});

interface Grown {
  index: number;
  growth: number;
  norm: number;
}

/** Against their first norm, or LeCun's for weights that start at zero or near: those must grow. */
function grownLayers(
  norms: ArrayLike<number | null>,
  { layers, initial }: History,
  { growth: least }: Limits<typeof THRESHOLDS>,
): Grown[] {
  return weightedLayers(layers).flatMap(({ layer, index }): Grown[] => {
    const norm = norms[index] ?? Number.NaN;
    const first = Math.max(initial?.weightNorm[index] ?? Number.NaN, Math.sqrt(layer.units ?? 0));
    return norm / first >= least ? [{ index, growth: norm / first, norm }] : [];
  });
}

function risesUnheld({ layers, run, epochs }: History): boolean {
  const decay = Number(run?.optimizer.settings["weightDecay"] ?? 0);
  if (decay > 0 || layers.some(({ l1, l2 }) => (l1 ?? 0) > 0 || (l2 ?? 0) > 0)) return false;
  const losses = epochs.map(({ validation }) => validation?.["loss"] ?? Number.NaN);
  const lowest = Math.min(...losses.filter((loss) => !Number.isNaN(loss)));
  // Three epochs, so that one noisy one says nothing.
  const last = losses.slice(-3);
  return last.length === 3 && last.every((loss) => loss > RISE * lowest);
}

function observe(
  history: History,
  grown: Grown[],
  { running, span, limits }: { running: boolean; span: Span; limits: Limits<typeof THRESHOLDS> },
): Observation {
  const names = grown.map(({ index }) => nameOf(history, index));
  const growth = Math.max(...grown.map((layer) => layer.growth));
  const why = running
    ? `and doubled in each of the last ${limits.windows} windows of steps`
    : "while the validation loss rises and no weight decay holds them back";
  return {
    severity: running && history.unlearned > FAILING ? "error" : "info",
    ...span,
    layers: names,
    message: `The weights of ${list(names)} have grown to ${short(growth)} times their first size, ${why}.`,
    evidence: grown.map((layer) =>
      layerEvidence(history, "weightNorm", layer.index, {
        ...span,
        value: layer.growth,
        threshold: limits.growth,
        text: `norm ${short(layer.norm)}, ${short(layer.growth)} times the first`,
      }),
    ),
    anchor: running
      ? (history.run?.anchors.optimizer ?? null)
      : (history.layers[grown[0]?.index ?? 0]?.anchor ?? null),
  };
}
