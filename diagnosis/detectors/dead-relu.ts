/**
 * ReLU units that are zero on every example of whole epochs: no gradient reaches them, they cannot come back.
 *
 * Judged over all inputs of an epoch, not over a batch: a unit that fires for one example in a hundred is alive.
 * A healthy He-initialised net has up to 27 % of its units silent on 100 examples (requirements, S1-08), so
 * that share alone is no finding.
 */
import type { EpochEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { list, percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { leakyRelu } from "../remedies/leaky-relu.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";

/** Training loss over the loss of knowing nothing: the run is failing above this, … */
const FAILING = 0.5;
/** … and below this it did well without the dead units, which then are worth a note only. */
const THRIVING = 0.1;
/** With so few units left the layer passes on next to nothing. */
const CUT_OFF = 0.95;
/** Updates of a tenth of the weights at every step: DeepDiagnosis, TheDeepChecker. */
const LARGE_UPDATE = 0.1;

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
  starts: "after two epochs: a unit is dead only if every example of whole epochs leaves it silent",
  thresholds: {
    share: {
      value: 0.5,
      what: "share of a layer's units",
      source: "Lesson 001 (S1-07); SageMaker Debugger, DeadRelu",
    },
    patience: { value: 2, what: "successive epochs", source: "Ours: one epoch may be unlucky" },
  },
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
        if (share === null || !(share >= limits.share)) {
          streak[index] = 0;
          return;
        }
        streak[index] = (streak[index] ?? 0) + 1;
        if (streak[index] < limits.patience) return;
        const before = history.epochs[0]?.silent[index] ?? 0;
        dead.push({ index, name: history.layers[index]?.name ?? String(index), share, before });
      });
      if (dead.length === 0) return firstStep === undefined ? undefined : null;
      firstStep ??= event.step;
      return observe(event, history, dead, { firstStep, ...limits });
    };
  },
});

function observe(
  event: EpochEvent,
  history: History,
  dead: DeadLayer[],
  { firstStep, share: threshold, patience }: { firstStep: number; share: number; patience: number },
): Observation {
  const worst = dead.reduce((a, b) => (b.share > a.share ? b : a));
  const ratio = history.earlyUpdate;
  const died = worst.before < threshold;
  const pushed = died && ratio >= LARGE_UPDATE;
  const progress = (event.train["loss"] ?? Number.NaN) / history.chanceLoss;
  const rate = history.lastStep?.learningRate ?? history.run?.optimizer.learningRate ?? Number.NaN;
  const why = pushed
    ? `the learning rate ${short(rate)} changes the weights by ${percent(ratio)} a step, which throws the units out of reach of all inputs`
    : died
      ? `they died during training: ${percent(worst.before)} before the first update`
      : "they were so from the start, by initialisation";
  const span = { firstStep, lastStep: event.step };
  return {
    severity: severityOf(worst.share, progress),
    ...span,
    layers: dead.map((layer) => layer.name),
    message: `${percent(worst.share)} of the ReLU units of ${list(dead.map((layer) => layer.name))} are dead, silent on every example of epoch ${event.epoch}; ${why}.`,
    evidence: [
      ...dead.map(({ index, name, share, before }) => ({
        metric: `layer.${index}.epochSilent`,
        layer: name,
        ...span,
        value: share,
        threshold,
        text: `${name}: ${percent(share)} of ${history.layers[index]?.units ?? "its"} units silent for ${patience} epochs or more (${percent(before)} at the start)`,
      })),
      ...(Number.isNaN(ratio) ? [] : [updateEvidence(ratio, event.step)]),
    ],
    anchor: pushed
      ? (history.run?.anchors.optimizer ?? null)
      : (history.layers[worst.index]?.anchor ?? null),
  };
}

function severityOf(share: number, progress: number): Observation["severity"] {
  if (progress < THRIVING) return "info";
  return progress < FAILING && share < CUT_OFF ? "warning" : "error";
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
