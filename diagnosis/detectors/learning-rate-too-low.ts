/**
 * The training creeps: at this pace it does not arrive. Seen in the size of the updates (they cannot move the weights
 * over the whole run), or in the curve: it falls, straight and slowly, without the bend of a training that gets there.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { useAdam } from "../remedies/use-adam.ts";
import { heldBackBy, RESTRAINTS } from "../theory/capacity.ts";
import { predictsQuantities, ranToItsEnd, thirds } from "../theory/progress.ts";

export const learningRateTooLow = defineDetector({
  symptom: "learning-rate-too-low",
  lesson:
    "Lesson 000, learning rate too low: 10.0, 9.99, 9.98, 9.97; lesson 003, creeping (CS231n)",
  needs: ["step.loss | epoch.train.loss"],
  wants: ["step.layers.updateRatio", "step.learningRate", "run.stepsPerEpoch"],
  starts: "at a quarter of the planned run; after four epochs of an almost constant loss",
  thresholds: {
    change: {
      value: 0.001,
      what: "fall of the loss an epoch, as a share of it",
      source: "Lesson 000 (S0-08): 10.0, 9.99, 9.98, 9.97",
    },
    travel: {
      value: 0.3,
      what: "relative change of the weights that the whole run can make, in the layer where it is largest",
      source:
        "Ours: updates of 1e-3 (CS231n) over 300 steps; weights must move by a part of their size to learn",
    },
    unlearned: {
      value: 0.75,
      what: "loss over the loss of knowing nothing that is left at the end, at this pace",
      source: "As for underfitting",
    },
    unlearnedQuantities: {
      value: 0.4,
      what: "the same for quantities",
      source: "As for underfitting",
    },
    share: {
      value: 0.25,
      what: "share of the planned run",
      source: "Ours: after warm-up (5 to 10 %)",
    },
    decay: {
      value: 0.001,
      what: "learning rate over the highest of the run, in its first half",
      source: "Lesson 001 (S1-28, S1-29): schedules fall to a thousandth at the very end",
    },
    updates: {
      value: 30,
      what: "planned steps, below which they are too few rather than too small",
      source: "Ours: one epoch of a thousand examples in batches of 32",
    },
    ...RESTRAINTS,
    steps: {
      value: 100,
      what: "steps from which a straight curve says that they are too small, not too few",
      source: "Lightning's and fastai's range tests take 100 steps",
    },
  },
  remedies: [raiseLearningRate, useAdam],
  on: ["step", "epoch", "end"],
  create(limits) {
    let open = false;
    let restrained: boolean | undefined;
    let highest = 0;
    let starvedSince: number | undefined;
    return (event, history) => {
      if (event.kind === "step") {
        highest = Math.max(highest, event.learningRate);
        const starved = event.learningRate < limits.decay * highest;
        starvedSince = starved ? (starvedSince ?? event.step) : undefined;
        return undefined;
      }
      const poor = predictsQuantities(history) ? limits.unlearnedQuantities : limits.unlearned;
      const { unlearned } = history;
      if (open && unlearned < 0.9 * poor) {
        open = false;
        return null;
      }
      if (!Number.isFinite(unlearned)) return undefined;
      const starving = starved(history, starvedSince, limits);
      if (starving) {
        open = true;
        return observe(history, starving, starvedSince);
      }
      if (!(unlearned >= poor)) return undefined;
      // No rate makes a linear map bend, or outweighs penalties and dropout.
      restrained ??= heldBackBy(history, limits) !== undefined;
      if (restrained) return undefined;
      const reason =
        creeping(history, limits) ??
        tooShortAWay(history, limits, poor) ??
        straight(history, limits);
      if (!reason) return undefined;
      open = true;
      return observe(history, reason);
    };
  },
});

/** Left to learn, from which an early end of the schedule is costly. */
const STARVED = 0.3;
/** Below CS231n's lower bound for healthy updates. */
const SMALL_UPDATE = 1e-4;

interface Reason {
  metric: string;
  value: number;
  threshold: number;
  text: string;
  severity: Observation["severity"];
}

/** The rate fell to nothing early on, with half or more of the run and a good part of the task to go. */
function starved(
  history: History,
  since: number | undefined,
  { decay }: { decay: number },
): Reason | undefined {
  const total = history.end?.step ?? history.plannedSteps;
  if (since === undefined || !(since < total / 2) || !(history.unlearned >= STARVED))
    return undefined;
  if (!(history.share >= 0.5)) return undefined;
  return {
    metric: "learningRate",
    value: history.lastStep?.learningRate ?? Number.NaN,
    threshold: decay,
    text: `it fell to less than a thousandth of what it was at step ${since}, and ${percent(history.unlearned)} was left to learn`,
    severity: "warning",
  };
}

/** Three epochs in a row, each lower, each by almost nothing, with updates that explain it. */
function creeping(
  history: History,
  { change, share }: { change: number; share: number },
): Reason | undefined {
  if (history.share < share || history.earlyUpdate >= SMALL_UPDATE) return undefined;
  const losses = history.epochs.slice(-4).map(({ train }) => train["loss"] ?? Number.NaN);
  if (losses.length < 4) return undefined;
  const falls = losses.slice(1).map((loss, i) => 1 - loss / (losses[i] as number));
  if (!falls.every((fall) => fall > 0 && fall <= change * 1.01)) return undefined;
  const value = Math.max(...falls);
  return {
    metric: "train.loss",
    value,
    threshold: change,
    text: `the loss falls by ${short(100 * value)} % an epoch: ${losses.map(short).join(", ")}`,
    severity: "warning",
  };
}

/**
 * What updates like the first ones add up to over the planned run, even if all pointed the same way. The first, because
 * later ones may be small for other reasons: dead units, a signal that vanishes.
 */
function tooShortAWay(
  history: History,
  { travel, share, updates }: { travel: number; share: number; updates: number },
  poor: number,
): Reason | undefined {
  const planned = Number.isNaN(history.plannedSteps)
    ? (history.end?.step ?? Number.NaN)
    : history.plannedSteps;
  const pace = history.earlyUpdate;
  const told = history.share >= share && planned >= updates;
  if (!told || !(pace * planned < travel)) return undefined;
  const start = history.initialLoss / history.chanceLoss;
  const gained = Math.max(0, start - history.unlearned);
  const atTheEnd = history.unlearned - (gained / history.share) * (1 - history.share);
  if (!(atTheEnd >= poor)) return undefined;
  return {
    metric: "updateRatio",
    value: pace,
    threshold: travel / planned,
    text: `an update changes the weights by ${short(100 * pace)} %: the ${planned.toLocaleString("en")} steps of the run move them by ${percent(pace * planned)} of their size at most, and leave ${percent(atTheEnd)} to learn`,
    severity: history.unlearned >= 0.9 && pace * planned < travel / 10 ? "error" : "warning",
  };
}

/** At the end: falling as fast as in the middle. A training that arrives slows down. */
function straight(history: History, { steps }: { steps: number }): Reason | undefined {
  const parts = thirds(history);
  if (!parts || !ranToItsEnd(history) || !((history.lastStep?.step ?? 0) >= steps))
    return undefined;
  const first = parts.early - parts.middle;
  const second = parts.middle - parts.late;
  const falling = second > 4 * parts.noise && first > 0;
  if (!falling || second < 0.5 * first) return undefined;
  return {
    metric: "loss",
    value: second / first,
    threshold: 0.5,
    text: `the loss fell by ${short(first)} from the first third of the run to the second and still by ${short(second)} to the last: straight down, too slowly to arrive`,
    severity: "warning",
  };
}

function observe(history: History, reason: Reason, firstStep = 1): Observation {
  const rate = history.lastStep?.learningRate ?? history.run?.optimizer.learningRate ?? Number.NaN;
  const span = { firstStep, lastStep: history.lastStep?.step ?? 1 };
  const { severity, ...evidence } = reason;
  return {
    severity,
    ...span,
    layers: [],
    message: `The learning rate ${short(rate)} is too low: ${reason.text}.`,
    evidence: [{ layer: null, ...span, ...evidence }],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
