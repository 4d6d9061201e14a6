/**
 * The training bounces across a valley: successive gradients point against each other, or the loss of the epochs goes
 * up and down by much more than it gets on.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { momentum } from "../remedies/momentum.ts";
import { warmupCosine } from "../remedies/warmup-cosine.ts";
import { Window } from "../robust.ts";

/** Steps, and epochs, over which it is judged. */
const STEPS = 10;
const EPOCHS = 10;
/** Weight of a step in the long mean: ten turns in a row happen by chance where the gradient has few dimensions. */
const LONG = 0.02;

export const lossOscillation = defineDetector({
  symptom: "loss-oscillation",
  lesson: "Lesson 000, the ravine: gradients bounce across the valley (Sutskever et al. 2013)",
  needs: ["step.gradientCosine | epoch.train.loss"],
  wants: ["step.gradientCosine"],
  starts: "after ten steps, or ten epochs",
  thresholds: {
    cosine: {
      value: -0.3,
      what: "mean cosine between successive gradients over ten steps",
      source: "Lesson 000 (S0-14)",
    },
    swing: {
      value: 0.03,
      what: "change from one epoch to the next, as a share of the loss of knowing nothing",
      source: "AUTOTRAINER: gaps of 3 %, in a fifth of the epochs",
    },
    unlearned: {
      value: 0.5,
      what: "loss over the loss of knowing nothing, above which it is more than a note",
      source: "AUTOTRAINER reports gradients only where the outcome is bad as well",
    },
  },
  remedies: [momentum, lowerLearningRate, warmupCosine],
  on: ["step", "epoch"],
  create(limits) {
    const cosines = new Window(STEPS);
    let sum = 0;
    let longMean = 0;
    let count = 0;
    let warned = false;
    let open = false;
    return (event, history) => {
      if (event.kind === "step") {
        const cosine = event.gradientCosine ?? Number.NaN;
        if (Number.isNaN(cosine)) return undefined;
        if (cosines.full) sum -= cosines.first;
        cosines.push(cosine);
        sum += cosine;
        longMean += LONG * (cosine - longMean);
        count++;
        const lasting = count > 2 / LONG && longMean <= limits.cosine;
        const mean = lasting ? longMean : sum / STEPS;
        if (!cosines.full || mean > limits.cosine || (open && !lasting) || warned) return undefined;
        open = true;
        warned = lasting;
        return observe(history, lasting ? limits.unlearned : Number.POSITIVE_INFINITY, {
          metric: "gradientCosine",
          value: mean,
          threshold: limits.cosine,
          firstStep: event.step - STEPS,
          text: `successive gradients point against each other: the mean cosine is ${short(mean)} over ${lasting ? 2 / LONG : STEPS} steps`,
        });
      }
      if (event.kind !== "epoch") return undefined;
      const swing = swingOf(history, limits.swing);
      if (swing) {
        open = true;
        return observe(history, limits.unlearned, swing);
      }
      if (!open || sum / STEPS <= limits.cosine) return undefined;
      open = false;
      warned = false;
      return null;
    };
  },
});

interface Swing {
  metric: string;
  value: number;
  threshold: number;
  firstStep: number;
  text: string;
}

/** The last epochs' losses: most changes turn, each is large, and together they get nowhere. */
function swingOf(history: History, least: number): Swing | undefined {
  const epochs = history.epochs.filter(({ epoch }) => epoch > 0).slice(-EPOCHS);
  if (epochs.length < EPOCHS) return undefined;
  const losses = epochs.map(({ train }) => train["loss"] ?? Number.NaN);
  const changes = losses.slice(1).map((loss, i) => loss - (losses[i] as number));
  const threshold = least * history.chanceLoss;
  const turns = changes.filter((change, i) => i > 0 && change * (changes[i - 1] as number) < 0);
  const large = changes.filter((change) => Math.abs(change) > threshold);
  const way = changes.reduce((total, change) => total + Math.abs(change), 0);
  const gained = (losses[0] as number) - (losses.at(-1) as number);
  if (turns.length < EPOCHS / 2 || large.length < EPOCHS / 2 || !(gained < way / 4))
    return undefined;
  const value = way / changes.length;
  return {
    metric: "train.loss",
    value,
    threshold,
    firstStep: epochs[0]?.step ?? 0,
    text: `the loss of the last ${EPOCHS} epochs changes by ${short(value)} from one to the next, up and down, and gained ${short(Math.max(0, gained))} in all`,
  };
}

function observe(history: History, poor: number, { firstStep, ...evidence }: Swing): Observation {
  const { unlearned } = history;
  const span = { firstStep, lastStep: history.lastStep?.step ?? firstStep };
  const failing = unlearned >= poor && !(history.share < 0.25);
  return {
    severity: failing ? "warning" : "info",
    ...span,
    layers: [],
    message: `The training bounces: ${evidence.text}, with ${percent(Math.min(9.99, unlearned))} left to learn.`,
    evidence: [{ layer: null, ...span, ...evidence }],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
