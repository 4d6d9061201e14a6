/**
 * The model does much better on the examples it trains on than on those it has not seen.
 *
 * The median over several epochs, and beyond what chance makes of a small validation set: SageMaker's rule
 * (a gap of 10 % of the loss in one epoch) alarms on most healthy runs.
 */
import type { EpochEvent, Metrics } from "../../telemetry/events.ts";
import type { Detector, Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { median } from "../robust.ts";

/** Points of accuracy: lesson 001 (S1-22). */
const ACCURACY_GAP = 0.1;
const SEVERE_ACCURACY_GAP = 0.2;
/** Validation loss over training loss: lesson 002 (S2-20). */
const LOSS_RATIO = 2;
/** A loss gap as a share of the loss of knowing nothing, so that it means the same for any number of classes. */
const LOSS_GAP = 0.5;
/** Standard errors of the validation accuracy that a gap must exceed to be more than chance. */
const STANDARD_ERRORS = 3;
/** Epochs; one alone is noise. */
const PATIENCE = 3;

export function overfittingGap(): Detector {
  const recent: Figures[] = [];
  let firstStep: number | undefined;

  return {
    symptom: "overfitting-gap",
    lesson:
      "Lesson 001, overfitting and dropout; lesson 002, overfit numbers (Srivastava et al. 2014)",
    judge(event, history) {
      if (event.kind === "end") {
        // Early stopping went back to an earlier epoch: what counts is the gap of the weights that were kept.
        if (firstStep === undefined || event.bestEpoch === null) return undefined;
        const { train, validation } = event;
        if (!train || !validation) return undefined;
        return judgeGap({ train, validation }, history).any ? undefined : null;
      }
      if (event.kind !== "epoch" || event.epoch === 0 || !event.validation) return undefined;
      recent.push({ train: event.train, validation: event.validation });
      if (recent.length > PATIENCE) recent.shift();
      if (recent.length < PATIENCE) return undefined;
      const gap = judgeGap(medians(recent), history);
      if (!gap.any) return firstStep === undefined ? undefined : null;
      firstStep ??= event.step;
      return observe(event, history, firstStep, gap);
    },
  };
}

interface Figures {
  train: Metrics;
  validation: Metrics;
}

interface Gap {
  any: boolean;
  accuracy: { value: number; threshold: number } | undefined;
  loss: { value: number; threshold: number } | undefined;
  severe: boolean;
}

/** Metric by metric over the epochs; NaN where a metric is missing. */
function medians(epochs: readonly Figures[]): Figures {
  const of = (part: keyof Figures, metric: string) =>
    median(epochs.map((epoch) => epoch[part][metric] ?? Number.NaN));
  const figures = (part: keyof Figures) => ({
    loss: of(part, "loss"),
    accuracy: of(part, "accuracy"),
  });
  return { train: figures("train"), validation: figures("validation") };
}

function judgeGap({ train, validation }: Figures, history: History): Gap {
  const difference = (a: Metrics, b: Metrics, metric: string) =>
    (a[metric] ?? Number.NaN) - (b[metric] ?? Number.NaN);
  const accuracy = difference(train, validation, "accuracy");
  const loss = difference(validation, train, "loss");
  const accuracyThreshold = Math.max(
    ACCURACY_GAP,
    STANDARD_ERRORS * standardError(validation["accuracy"] ?? Number.NaN, history),
  );
  const lossThreshold = LOSS_GAP * history.chanceLoss;
  const byAccuracy = accuracy >= accuracyThreshold;
  const byLoss =
    loss >= lossThreshold && (validation["loss"] ?? 0) >= LOSS_RATIO * (train["loss"] ?? 0);
  return {
    any: byAccuracy || byLoss,
    accuracy: byAccuracy ? { value: accuracy, threshold: accuracyThreshold } : undefined,
    loss: byLoss ? { value: loss, threshold: lossThreshold } : undefined,
    severe: accuracy >= SEVERE_ACCURACY_GAP || loss >= history.chanceLoss,
  };
}

/** Of an accuracy p measured on n examples: √(p (1 − p) / n). */
function standardError(accuracy: number, history: History): number {
  const examples = history.run?.examples.validation ?? 0;
  const error = examples > 0 ? Math.sqrt((accuracy * (1 - accuracy)) / examples) : 0;
  return Number.isNaN(error) ? 0 : error;
}

function observe(event: EpochEvent, history: History, firstStep: number, gap: Gap): Observation {
  const span = { firstStep, lastStep: event.step };
  const [train, validation] = [event.train, event.validation ?? {}];
  const parameters = history.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const largest = history.layers.reduce((a, b) => (b.parameters > a.parameters ? b : a));
  const examples = history.run?.examples.train ?? 0;
  const figures = gap.accuracy
    ? `accuracy is ${percent(train["accuracy"] ?? Number.NaN)} on training data and ${percent(validation["accuracy"] ?? Number.NaN)} on validation data`
    : `the loss is ${short(train["loss"] ?? Number.NaN)} on training data and ${short(validation["loss"] ?? Number.NaN)} on validation data`;
  const evidence: Observation["evidence"] = [];
  if (gap.accuracy) {
    evidence.push({
      metric: "validation.accuracy",
      layer: null,
      ...span,
      ...gap.accuracy,
      text: `accuracy gap of ${Math.round(gap.accuracy.value * 100)} points, median of ${PATIENCE} epochs (trouble from ${Math.round(gap.accuracy.threshold * 100)})`,
    });
  }
  if (gap.loss) {
    evidence.push({
      metric: "validation.loss",
      layer: null,
      ...span,
      ...gap.loss,
      text: `loss gap of ${short(gap.loss.value)}, median of ${PATIENCE} epochs (trouble from ${short(gap.loss.threshold)})`,
    });
  }
  return {
    severity: gap.severe ? "error" : "warning",
    ...span,
    layers: [largest.name],
    message: `Overfitting: at epoch ${event.epoch} ${figures}; ${parameters.toLocaleString("en")} parameters learn from ${examples.toLocaleString("en")} examples.`,
    evidence,
    anchor: largest.anchor,
  };
}
