/**
 * The loss stands still while much is left to learn. A model that stands still because it has learned what there is
 * (a noisy task, a converged run) is no trouble, so this asks for a poor outcome and a long time.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { momentum } from "../remedies/momentum.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { reduceOnPlateau } from "../remedies/reduce-on-plateau.ts";
import { useAdam } from "../remedies/use-adam.ts";
import { warmupCosine } from "../remedies/warmup-cosine.ts";
import { median } from "../robust.ts";
import { predictsQuantities, ranToItsEnd } from "../theory/progress.ts";

export const plateau = defineDetector({
  symptom: "plateau",
  lesson:
    "Lesson 002, saddle points and plateaus; lesson 003, learning rate behaviour (Dauphin et al. 2014)",
  needs: ["step.loss | epoch.train.loss"],
  starts: "at half of the planned run, or at its end",
  thresholds: {
    unlearned: {
      value: 0.85,
      what: "loss over the loss of knowing nothing",
      source:
        "Ours: a binary classifier that is right in 72 of 100 cases has 0.85; a noisy task may end there",
    },
    unlearnedQuantities: {
      value: 0.5,
      what: "mean squared error over the variance of the targets, for quantities",
      source: "R² below one half",
    },
    improvement: {
      value: 0.01,
      what: "change over the last part of the run, as a share of the loss",
      source: "Keras, ReduceLROnPlateau; TheDeepChecker asks for 5 % a period",
    },
    share: {
      value: 0.3,
      what: "share of the run that it stood still",
      source: "Ours: plateaus of a tenth of the run break by themselves in healthy programs",
    },
  },
  remedies: [raiseLearningRate, momentum, useAdam, warmupCosine, reduceOnPlateau],
  on: ["epoch", "end"],
  create(limits) {
    let open = false;
    return (event, history) => {
      if (event.kind !== "epoch" && event.kind !== "end") return undefined;
      const poor = predictsQuantities(history) ? limits.unlearnedQuantities : limits.unlearned;
      const { unlearned } = history;
      if (open && unlearned < 0.9 * poor) {
        open = false;
        return null;
      }
      const late = history.share >= 0.5 || ranToItsEnd(history);
      if (!late || !(unlearned >= poor)) return undefined;
      const flat = standsStill(history, limits);
      if (!flat) return undefined;
      open = true;
      return observe(history, { ...flat, unlearned, poor });
    };
  },
});

interface Flat {
  firstStep: number;
  before: number;
  now: number;
}

/** The last `share` of the blocks against those just before: nothing gained that exceeds `improvement`. */
function standsStill(
  history: History,
  { share, improvement }: { share: number; improvement: number },
): Flat | undefined {
  const { blocks } = history.trend;
  const count = Math.round(share * blocks.length);
  if (count < 6) return undefined;
  const last = blocks.slice(-count);
  const half = count >> 1;
  const before = median(last.slice(0, half).map(({ loss }) => loss));
  const now = median(last.slice(half).map(({ loss }) => loss));
  const still = Math.abs(before - now) <= improvement * before;
  return still ? { firstStep: last[0]?.firstStep ?? 1, before, now } : undefined;
}

function observe(history: History, seen: Flat & { unlearned: number; poor: number }): Observation {
  const { firstStep, now, unlearned, poor } = seen;
  const span = { firstStep, lastStep: history.lastStep?.step ?? firstStep };
  return {
    severity: "warning",
    ...span,
    layers: [],
    message: `The loss has stood still at ${short(now)} since step ${firstStep}, with ${percent(unlearned)} of what there is to learn left.`,
    evidence: [
      {
        metric: "loss",
        layer: null,
        ...span,
        value: unlearned,
        threshold: poor,
        text: `loss ${short(now)}, ${percent(unlearned)} of the ${short(history.chanceLoss)} of knowing nothing, unchanged over the last part of the run`,
      },
    ],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
