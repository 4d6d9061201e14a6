/**
 * ReLU units that are zero on every example of whole epochs: no gradient reaches them, they cannot come back.
 *
 * Judged over all inputs of an epoch, not over a batch: a unit that fires for one example in a hundred is alive.
 * A healthy He-initialised net has up to 27 % of its units silent on 100 examples (requirements, S1-08), so
 * that share alone is no finding.
 */
import type { EpochEvent } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { list, percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { leakyRelu } from "../remedies/leaky-relu.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { byOutcome, OUTCOME } from "../theory/outcome.ts";

/** What is left to learn, as a share of what knowing nothing leaves: the run is failing above this, … */
const FAILING = 0.5;
/** … and below this it did well without the dead units, which then are worth a note only. */
const THRIVING = 0.1;
/** With so few units left the layer passes on next to nothing. */
const CUT_OFF = 0.95;
/** Updates of a tenth of the weights at every step: DeepDiagnosis, TheDeepChecker. */
const LARGE_UPDATE = 0.1;

const THRESHOLDS = {
  share: {
    value: 0.5,
    what: "share of a layer's units",
    source: "Lesson 001 (S1-07); SageMaker Debugger, DeadRelu",
  },
  growth: {
    value: 0.1,
    what: "share of a layer's units that died since the start",
    source: "Lesson 001 (S1-07): 10 points",
  },
  patience: { value: 2, what: "successive epochs", source: "Ours: one epoch may be unlucky" },
  ...OUTCOME,
} as const satisfies Thresholds;
type DeadLimits = Limits<typeof THRESHOLDS>;

interface DeadLayer {
  index: number;
  name: string;
  share: number;
  before: number;
}

export const deadRelu = defineDetector({
  symptom: "dead-relu",
  lesson:
    "Lesson 001, dying ReLU; lesson 004, modern activations (He et al. 2015; Maas et al. 2013)",
  needs: ["epoch.silent"],
  wants: ["step.layers.updateRatio"],
  starts:
    "after two epochs, or one that leaves a whole layer silent: a unit is dead only if every example of whole epochs leaves it silent",
  thresholds: THRESHOLDS,
  // He initialisation is proposed only where the scale of the weights is wrong.
  remedies: [heInitialization, lowerLearningRate, leakyRelu, clipByNorm],
  on: ["epoch"],
  create(limits) {
    const streak: number[] = [];
    let firstStep: number | undefined;
    return (event, history) => {
      if (event.kind !== "epoch") return undefined;
      const dead: DeadLayer[] = [];
      event.silent.forEach((share, index) => {
        const before = history.epochs[0]?.silent[index] ?? 0;
        const dying = (share ?? 0) >= limits.share || (share ?? 0) - before > limits.growth;
        if (share === null || !dying || isPenalizedAway(index, history)) {
          streak[index] = 0;
          return;
        }
        streak[index] = (streak[index] ?? 0) + 1;
        // A layer that is silent as a whole passes nothing on: no other epoch will say otherwise.
        if (streak[index] < limits.patience && share < 1) return;
        dead.push({ index, name: history.layers[index]?.name ?? String(index), share, before });
      });
      if (dead.length === 0) return firstStep === undefined ? undefined : null;
      firstStep ??= event.step;
      return observe(event, history, dead, { firstStep, limits });
    };
  },
});

/** Weights that a penalty took most of: their units fall silent by that, and come back with a smaller penalty. */
function isPenalizedAway(index: number, { layers, initial, lastStep }: History): boolean {
  const { l1 = 0, l2 = 0 } = layers[index] ?? {};
  const [first, now] = [initial?.weightNorm[index], lastStep?.layers?.weightNorm[index]];
  return l1 + l2 > 0 && (now ?? Number.NaN) < 0.5 * (first ?? Number.NaN);
}

function observe(
  event: EpochEvent,
  history: History,
  dead: DeadLayer[],
  { firstStep, limits }: { firstStep: number; limits: DeadLimits },
): Observation {
  const worst = dead.reduce((a, b) => (b.share > a.share ? b : a));
  const ratio = history.earlyUpdate;
  // Most of them, that is: a layer that begins sparse may lose a few more and do well.
  const died = worst.share - worst.before > Math.max(limits.growth, worst.share / 2);
  const pushed = died && ratio >= LARGE_UPDATE;
  const rate = history.lastStep?.learningRate ?? history.run?.optimizer.learningRate ?? Number.NaN;
  const why = pushed
    ? `the learning rate ${short(rate)} changes the weights by ${percent(ratio)} a step, which throws the units out of reach of all inputs`
    : died
      ? `they died during training: ${percent(worst.before)} before the first update`
      : `${percent(worst.before)} were so from the start, by initialisation`;
  const span = { firstStep, lastStep: event.step };
  return {
    severity: severityOf(worst, died, history, limits),
    ...span,
    layers: dead.map((layer) => layer.name),
    message: `${percent(worst.share)} of the ReLU units of ${list(dead.map((layer) => layer.name))} are dead, silent on every example of epoch ${event.epoch}; ${why}.`,
    evidence: [
      ...dead.map(({ index, name, share, before }) => ({
        metric: `layer.${index}.epochSilent`,
        layer: name,
        ...span,
        value: share,
        threshold: limits.share,
        text: `${name}: ${percent(share)} of ${history.layers[index]?.units ?? "its"} units silent for ${limits.patience} epochs or more (${percent(before)} at the start)`,
      })),
      ...(Number.isNaN(ratio) ? [] : [updateEvidence(ratio, event.step)]),
    ],
    anchor: pushed
      ? (history.run?.anchors.optimizer ?? null)
      : (history.layers[worst.index]?.anchor ?? null),
  };
}

function severityOf(
  { share }: DeadLayer,
  died: boolean,
  history: History,
  limits: DeadLimits,
): Observation["severity"] {
  const { unlearned } = history;
  if (unlearned < THRIVING) return "info";
  if (died && share >= limits.share) {
    return unlearned < FAILING && share < CUT_OFF ? "warning" : "error";
  }
  // Some units died, or the initialisation silenced many: a network has units to spare, unless it fails.
  if (share === 1) return "error";
  return byOutcome("info", history, limits);
}

function updateEvidence(ratio: number, lastStep: number): Observation["evidence"][number] {
  return {
    metric: "updateRatio",
    layer: null,
    firstStep: 1,
    lastStep,
    value: ratio,
    threshold: LARGE_UPDATE,
    text: `the first updates changed the weights by ${percent(ratio)} a step, where 0.1 % is usual`,
  };
}
