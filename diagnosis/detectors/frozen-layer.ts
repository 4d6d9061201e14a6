/**
 * A layer whose weights do not change at all, though it is meant to learn: its updates are exactly zero.
 *
 * Exactly, because tiny updates are what convergence looks like. Layers that are frozen on purpose are left alone, and
 * so is a learning rate of zero, which is another symptom.
 */
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence, nameOf, type Span } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { LayerWindow } from "../history/window.ts";
import type { History } from "../history.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { leakyRelu } from "../remedies/leaky-relu.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";

const THRESHOLDS = {
  patience: {
    value: 2,
    what: "successive windows of nine sampled steps without any change",
    source: "SageMaker Debugger, UnchangedTensor: 3 steps",
  },
  unlearned: {
    value: 0.5,
    what: "what is left to learn, above which a layer that stands still costs",
    source: "Ours: what learned more than half does without the layer",
  },
} as const satisfies Thresholds;

export const frozenLayer = defineDetector({
  symptom: "frozen-layer",
  lesson: "Lesson 001, silent failure; TrainCheck: every trainable weight changes with a step",
  needs: ["step.layers.updateRatio"],
  wants: ["step.layers.weightNorm"],
  starts: "after 27 sampled steps",
  thresholds: THRESHOLDS,
  remedies: [leakyRelu, heInitialization, lowerLearningRate],
  on: ["window"],
  create(limits) {
    const streaks: number[] = [];
    const since: number[] = [];
    let before: Float64Array | undefined;
    let firstStep: number | undefined;
    let last = "";
    return (window, history) => {
      if (window.kind !== "window") return undefined;
      const still = unchanged(window, before, history);
      before = still.size > 0 ? window.of("weightNorm") : undefined;
      history.layers.forEach((_, i) => {
        streaks[i] = still.has(i) ? (streaks[i] ?? 0) + 1 : 0;
        if (streaks[i] === 1) since[i] = window.firstStep;
      });
      const frozen = [...still].filter((i) => (streaks[i] ?? 0) >= limits.patience);
      if (frozen.length === 0) {
        if (firstStep === undefined) return undefined;
        firstStep = undefined;
        last = "";
        return null;
      }
      firstStep ??= Math.min(...frozen.map((i) => since[i] ?? window.firstStep));
      const span = { firstStep, lastStep: window.lastStep };
      const found = observe(history, frozen, span, limits);
      if (last === found.severity + found.layers) return undefined;
      last = found.severity + found.layers;
      return found;
    };
  },
});

/** Layers that should learn and whose updates are zero, and their weights as long as in the window before. */
function unchanged(
  window: LayerWindow,
  before: Float64Array | undefined,
  history: History,
): Set<number> {
  const still = new Set<number>();
  const { learningRate, layers } = history.lastStep ?? {};
  if (learningRate === 0 || !layers?.updateRatio.includes(0)) return still;
  const updates = window.of("updateRatio");
  const norms = window.of("weightNorm");
  history.layers.forEach(({ trainable, parameters }, i) => {
    // The update is zero at most steps; with few examples a step that may be chance, and the norm tells.
    const same = before === undefined || norms[i] === before[i];
    if (trainable !== false && parameters > 0 && updates[i] === 0 && same) still.add(i);
  });
  return still;
}

function observe(
  history: History,
  frozen: readonly number[],
  span: Span,
  limits: Limits<typeof THRESHOLDS>,
): Observation {
  const names = frozen.map((i) => nameOf(history, i));
  const { unlearned, lastStep } = history;
  const learning = history.layers.filter(({ parameters }) => parameters > 0);
  const all = frozen.length === learning.length;
  const why =
    lastStep?.gradientNorm === 0
      ? "no gradient reaches any layer"
      : all
        ? "the optimizer changes nothing"
        : "the other layers move";
  return {
    severity: unlearned > limits.unlearned ? (unlearned > 0.9 ? "error" : "warning") : "info",
    ...span,
    layers: names,
    message: `The weights of ${list(names)} have not changed at all since step ${span.firstStep}: ${why}.`,
    evidence: frozen.map((i) =>
      layerEvidence(history, "updateRatio", i, {
        ...span,
        value: 0,
        threshold: 0,
        text: `updates are exactly 0, with ${short(unlearned)} of what there is to learn left`,
      }),
    ),
    anchor: all
      ? (history.run?.anchors.optimizer ?? null)
      : (history.layers[frozen[0] ?? 0]?.anchor ?? null),
  };
}
