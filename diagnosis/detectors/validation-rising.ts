/**
 * The validation loss passed its minimum and climbs while training goes on: from there on, every epoch makes
 * the model worse on new examples.
 */
import type { EpochEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { dropout } from "../remedies/dropout.ts";
import { earlyStopping } from "../remedies/early-stopping.ts";
import { restoreBestWeights } from "../remedies/restore-best-weights.ts";
import { weightDecay } from "../remedies/weight-decay.ts";
import { median, noiseOf, Window } from "../robust.ts";

/** Epochs whose median is compared with the minimum. */
const SMOOTHING = 5;
/** Standard deviations of the noise from epoch to epoch that a rise must exceed: Iglewicz and Hoaglin 1993. */
const OUTLIER = 3.5;
/** Epochs over which the noise is estimated. */
const NOISE_WINDOW = 50;

export const validationRising = defineDetector({
  symptom: "validation-rising",
  lesson: "Lesson 001, validation loss turns up; lesson 000, early stopping (Prechelt 1998)",
  needs: ["epoch.train", "epoch.validation"],
  starts: "ten epochs after the lowest validation loss",
  thresholds: {
    patience: {
      value: 10,
      what: "epochs without a new lowest validation loss",
      source: "Lessons 000 and 001 (S0-23, S1-31)",
    },
    rise: {
      value: 0.05,
      what: "rise above the lowest, as a share of it",
      source: "Prechelt 1998: a generalisation loss of 5 %, the most patient of his thresholds",
    },
    visible: {
      value: 0.05,
      what: "rise as a share of what there was to learn",
      source: "Ours: a converged model must not alarm over nothing",
    },
  },
  remedies: [earlyStopping, restoreBestWeights, dropout, weightDecay],
  on: ["epoch"],
  create(limits) {
    const recent = new Window(SMOOTHING);
    const jumps = new Window(NOISE_WINDOW);
    let best: { loss: number; epoch: number; step: number; train: number } | undefined;
    /** The lowest median: a single lucky epoch must not make all later ones look bad. */
    let lowest = Number.POSITIVE_INFINITY;
    let start = Number.NaN;

    return (event, history) => {
      if (event.kind !== "epoch" || !event.validation) return undefined;
      const loss = event.validation["loss"] ?? Number.NaN;
      const train = event.train["loss"] ?? Number.NaN;
      if (Number.isNaN(start)) start = Math.min(loss, history.chanceLoss);
      if (event.epoch === 0) return undefined;
      if (recent.values.length > 0) jumps.push(Math.abs(loss - recent.last));
      recent.push(loss);
      if (!best || loss < best.loss) best = { loss, epoch: event.epoch, step: event.step, train };
      // Early stopping that restores the best weights is already the cure.
      if (history.run?.earlyStopping?.restoreBestWeights) return undefined;
      const now = median(recent.values);
      if (recent.full) lowest = Math.min(lowest, now);
      const threshold = Math.max(
        lowest * (1 + limits.rise),
        lowest + limits.visible * start,
        lowest + OUTLIER * noiseOf(jumps.values),
      );
      const rising =
        event.epoch - best.epoch >= limits.patience &&
        recent.full &&
        now >= threshold &&
        train <= best.train;
      if (!rising) return now < threshold ? null : undefined;
      return observe(event, history, { best, now, threshold });
    };
  },
});

function observe(
  event: EpochEvent,
  history: History,
  seen: { best: { loss: number; epoch: number; step: number }; now: number; threshold: number },
): Observation {
  const { best, now, threshold } = seen;
  const span = { firstStep: best.step, lastStep: event.step };
  return {
    severity: now >= 2 * best.loss ? "error" : "warning",
    ...span,
    layers: [],
    message: `Validation loss rises: it was lowest in epoch ${best.epoch} (${short(best.loss)}) and is ${short(now)} now, in epoch ${event.epoch}; the last ${event.epoch - best.epoch} epochs only made it worse.`,
    evidence: [
      {
        metric: "validation.loss",
        layer: null,
        ...span,
        value: now,
        threshold,
        text: `validation loss ${short(now)}, median of ${SMOOTHING} epochs, against ${short(best.loss)} in epoch ${best.epoch} (trouble from ${short(threshold)})`,
      },
    ],
    anchor: history.run?.anchors.fit ?? null,
  };
}
