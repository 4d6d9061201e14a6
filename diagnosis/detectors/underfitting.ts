/**
 * The training ended with much left to learn: too few passes, no capacity (a stack of linear layers), or held back by
 * penalties or dropout. Judged at the end, or when early stopping ends it: before that it is not underfitting yet.
 */
import type { LayerInfo } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { dropoutRate } from "../remedies/dropout-rate.ts";
import { lessWeightDecay } from "../remedies/less-weight-decay.ts";
import { moreEpochs } from "../remedies/more-epochs.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { useRelu } from "../remedies/use-relu.ts";
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
    penalty: {
      value: 0.1,
      what: "share of the loss that is penalties on the weights",
      source: "TheDeepChecker: the penalty's gradient must not outweigh the data's",
    },
    dropout: {
      value: 0.6,
      what: "rate of a dropout layer",
      source: "Lessons 000, 001, 002: 0.5 at most; UMLAUT",
    },
  },
  remedies: [useRelu, lessWeightDecay, dropoutRate, moreEpochs, raiseLearningRate],
  on: ["end"],
  create(limits) {
    return (_event, history) => {
      const poor = predictsQuantities(history) ? limits.unlearnedQuantities : limits.unlearned;
      const { unlearned } = history;
      if (!ranToItsEnd(history) || !Number.isFinite(unlearned)) return undefined;
      const reason = reasonOf(history, limits);
      const bad = unlearned >= poor;
      // Half learned and still learning is worth a note: more epochs cost nothing but time.
      const noted = unlearned >= 0.5 && reason?.key === "epochs";
      if (!reason || !(bad || noted)) return undefined;
      return observe(history, { unlearned, poor, reason, bad });
    };
  },
});

interface Reason {
  key: "linear" | "penalty" | "dropout" | "epochs";
  text: string;
  layers: LayerInfo[];
}

function reasonOf(
  history: History,
  limits: { penalty: number; dropout: number; falling: number },
): Reason | undefined {
  const { layers } = history;
  const linear = linearLayers(layers);
  if (linear.length > 0) {
    const text =
      "no hidden layer has an activation function, so all of them together are one linear map";
    return { key: "linear", text, layers: linear };
  }
  const penalized = layers.filter(({ l1, l2 }) => (l1 ?? 0) > 0 || (l2 ?? 0) > 0);
  const penalty = penaltyShare(history);
  if (penalized.length > 0 && penalty >= limits.penalty) {
    const text = `penalties on the weights make up ${percent(penalty)} of the loss`;
    return { key: "penalty", text, layers: penalized };
  }
  const dropped = layers.filter(({ rate }) => (rate ?? 0) >= limits.dropout);
  if (dropped.length > 0) {
    const text = `dropout takes ${percent(Math.max(...dropped.map(({ rate }) => rate ?? 0)))} of a layer's outputs away`;
    return { key: "dropout", text, layers: dropped };
  }
  if (!stillFalling(history, limits.falling)) return undefined;
  const epochs = history.epochs.at(-1)?.epoch ?? 0;
  const text = `the loss was still falling when it stopped after ${epochs} epoch${epochs === 1 ? "" : "s"}`;
  return { key: "epochs", text, layers: [] };
}

/** The hidden layers with weights, where not one of them bends anything. */
function linearLayers(layers: readonly LayerInfo[]): LayerInfo[] {
  const bends = ({ type, activation }: LayerInfo) =>
    (activation !== null && activation !== "linear") ||
    !/^(dense|conv|flatten|dropout|batch|layerNorm|average|globalAverage)/i.test(type);
  const output = layers.findLastIndex(({ fanIn }) => fanIn !== null);
  const before = layers.slice(0, Math.max(0, output));
  return before.some(bends) ? [] : before.filter(({ fanIn }) => fanIn !== null);
}

/**
 * How much of the first loss the penalties on the weights are: what the loss of the first batch has above the loss of
 * knowing nothing, at most what λ Σ w² of the initial weights explains. Their λ Σ |w| is bounded by the same norm.
 */
function penaltyShare({ layers, initial, initialLoss }: History): number {
  const penalty = layers.reduce((sum, { l1, l2, parameters }, i) => {
    const norm = initial?.weightNorm[i] ?? 0;
    // For normal weights the mean of |w| is √(2/π) of their standard deviation.
    const absolute = norm * Math.sqrt(parameters) * 0.8;
    return sum + (l2 ?? 0) * norm ** 2 + (l1 ?? 0) * absolute;
  }, 0);
  return penalty / Math.max(initialLoss, penalty);
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
