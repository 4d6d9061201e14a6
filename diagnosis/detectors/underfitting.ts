/**
 * The training ended with much left to learn: too few passes, no capacity (a stack of linear layers), or held back by
 * penalties or dropout. Judged at the end, or when early stopping ends it: before that it is not underfitting yet.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { dropoutRate } from "../remedies/dropout-rate.ts";
import { lessWeightDecay } from "../remedies/less-weight-decay.ts";
import { moreEpochs } from "../remedies/more-epochs.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { useRelu } from "../remedies/use-relu.ts";
import {
  beforeOutput,
  type HeldBack,
  heldBackBy,
  RESTRAINTS,
  type Restraints,
} from "../theory/capacity.ts";
import { predictsQuantities, ranToItsEnd, stillFalling } from "../theory/progress.ts";

export const underfitting = defineDetector({
  symptom: "underfitting",
  lesson:
    "Lesson 003, stopped too early; lesson 001, the modern recipe (Goodfellow et al. 2016, ch. 5)",
  needs: ["step.loss | epoch.train.loss"],
  wants: ["data.targets", "epoch.train.accuracy"],
  starts: "at the end of the run",
  thresholds: {
    unlearned: {
      value: 0.75,
      what: "loss over the loss of knowing nothing, at the end",
      source: "Ours: a binary classifier that is right in three of four cases has 0.81",
    },
    unlearnedQuantities: {
      value: 0.4,
      what: "mean squared error over the variance of the targets, for quantities",
      source: "R² below 0.6; lessons' curve S1-33 stopped at epoch 20 has 0.54",
    },
    falling: {
      value: 0.01,
      what: "fall of the loss over the last third, as a share of the loss of knowing nothing",
      source: "Lesson 003 (S3-03): still falling by more than 1 % an epoch at the stop",
    },
    bottleneck: {
      value: 0.6,
      what: "loss over the loss of knowing nothing, behind a hidden layer of one unit",
      source: "Ours: one number tells two groups apart at best",
    },
    ...RESTRAINTS,
  },
  remedies: [useRelu, lessWeightDecay, dropoutRate, moreEpochs, raiseLearningRate],
  on: ["end"],
  create(limits) {
    return (_event, history) => {
      const poor = predictsQuantities(history) ? limits.unlearnedQuantities : limits.unlearned;
      const { unlearned } = history;
      if (!ranToItsEnd(history) || !Number.isFinite(unlearned)) return undefined;
      const reason = reasonOf(history, limits);
      const bad = unlearned >= (reason?.key === "bottleneck" ? limits.bottleneck : poor);
      // Half learned and still learning is worth a note: more epochs cost nothing but time.
      const noted = unlearned >= 0.5 && reason?.key === "epochs";
      if (!reason || !(bad || noted)) return undefined;
      return observe(history, { unlearned, poor, reason, bad });
    };
  },
});

interface Reason extends Omit<HeldBack, "key"> {
  key: HeldBack["key"] | "epochs";
}

/** A linear model that has come to its end. */
function withoutHidden({ layers }: History): Reason | undefined {
  if (layers.length === 0 || beforeOutput(layers).some(({ fanIn }) => fanIn !== null))
    return undefined;
  const text = "there is no hidden layer, so the model is one linear map";
  return { key: "linear", text, layers };
}

function reasonOf(history: History, limits: { falling: number } & Restraints): Reason | undefined {
  const heldBack = heldBackBy(history, limits);
  if (heldBack) return heldBack;
  if (!stillFalling(history, limits.falling)) return withoutHidden(history);
  const epochs = history.epochs.at(-1)?.epoch ?? 0;
  const text = `the loss was still falling when it stopped after ${epochs} epoch${epochs === 1 ? "" : "s"}`;
  return { key: "epochs", text, layers: [] };
}

function observe(
  history: History,
  seen: { unlearned: number; poor: number; reason: Reason; bad: boolean },
): Observation {
  const { unlearned, poor, reason, bad } = seen;
  const lastStep = history.lastStep?.step ?? 0;
  const span = { firstStep: Math.min(1, lastStep), lastStep };
  const loss = history.trend.recent();
  return {
    severity: bad ? "warning" : "info",
    ...span,
    layers: reason.layers.map(({ name }) => name),
    message: `The training ended with ${percent(unlearned)} of what there is to learn left (loss ${short(loss)}): ${reason.text}.`,
    evidence: [
      {
        metric: "loss",
        layer: reason.layers[0]?.name ?? null,
        ...span,
        value: unlearned,
        threshold: poor,
        text: `loss ${short(loss)} at the end, ${percent(unlearned)} of the ${short(history.chanceLoss)} of knowing nothing; ${reason.text}`,
      },
    ],
    anchor: reason.layers[0]?.anchor ?? history.run?.anchors.fit ?? null,
  };
}
