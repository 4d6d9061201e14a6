/**
 * After a good part of the training the model does no better than naming the same answer for every example.
 *
 * A plateau at chance may break (deep nets, parity, sparse signals), so this waits for a share of the planned run;
 * causes that are visible earlier have detectors of their own.
 */
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { raiseLearningRate } from "../remedies/raise-learning-rate.ts";
import { aboveSince, ranToItsEnd } from "../theory/progress.ts";

export const atChance = defineDetector({
  symptom: "at-chance",
  lesson: "Lesson 001, silent failure: loss flat, or barely better than random (ln C; CS231n)",
  needs: ["step.loss | epoch.train.loss"],
  wants: ["data.labels", "epoch.train.accuracy"],
  starts: "after five epochs and 40 % of the planned run, or at its end",
  thresholds: {
    unlearned: {
      value: 0.98,
      what: "loss over the loss of knowing nothing",
      source: "Lesson 001 (S1-01): within 2 % of ln C",
    },
    epochs: { value: 5, what: "epochs", source: "Lesson 001 (S1-01)" },
    share: {
      value: 0.4,
      what: "share of the planned run",
      source: "Ours: healthy plateaus break earlier in the studies' programs",
    },
  },
  remedies: [lowerLearningRate, raiseLearningRate, heInitialization, batchNormalization],
  on: ["epoch", "end"],
  create({ unlearned, epochs, share }) {
    let open = false;
    return (event, history) => {
      if (event.kind !== "epoch" && event.kind !== "end") return undefined;
      const left = history.unlearned;
      if (open && left < 0.9 * unlearned) {
        open = false;
        return null;
      }
      const epoch = history.epochs.at(-1)?.epoch ?? 0;
      const patient = epoch >= epochs && !(history.share < share);
      if (!(left >= unlearned) || !(patient || ranToItsEnd(history))) return undefined;
      // Nothing to compare with: a loss that began low and stays low is not at chance.
      if (Number.isNaN(history.chance.loss) && Number.isNaN(history.chance.accuracy))
        return undefined;
      open = true;
      return observe(history, left, unlearned);
    };
  },
});

function observe(history: History, left: number, threshold: number): Observation {
  const chance = history.chanceLoss;
  const loss = history.trend.recent();
  const accuracy = history.epochs.at(-1)?.train["accuracy"];
  const { accuracy: majority } = history.chance;
  const firstStep = Math.max(1, aboveSince(history, threshold * chance) ?? 1);
  const lastStep = history.lastStep?.step ?? firstStep;
  const span = { firstStep, lastStep };
  const verdict =
    left > 1.1
      ? `worse than always giving the same answer, which has ${short(chance)}`
      : `what always giving the same answer has, ${short(chance)}`;
  return {
    severity: "error",
    ...span,
    layers: [],
    message: `The model has learned nothing after ${lastStep.toLocaleString("en")} steps: its loss is ${short(loss)}, ${verdict}.`,
    evidence: [
      {
        metric: "loss",
        layer: null,
        ...span,
        value: loss,
        threshold: threshold * chance,
        text: `training loss ${short(loss)} against ${short(chance)} of knowing nothing`,
      },
      ...(accuracy !== undefined && !Number.isNaN(majority)
        ? [
            {
              metric: "train.accuracy",
              layer: null,
              ...span,
              value: accuracy,
              threshold: majority,
              text: `accuracy ${percent(accuracy)}; the most frequent class alone gives ${percent(majority)}`,
            },
          ]
        : []),
    ],
    anchor: history.run?.anchors.fit ?? history.run?.anchors.optimizer ?? null,
  };
}
