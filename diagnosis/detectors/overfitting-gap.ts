/**
 * The model does much better on the examples it trains on than on those it has not seen.
 *
 * The median over several epochs, and beyond what chance makes of a small validation set: SageMaker's rule
 * (a gap of 10 % of the loss in one epoch) alarms on most healthy runs.
 */
import type { EpochEvent } from "../../telemetry/events.ts";
import type { Detector, Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { median, Window } from "../robust.ts";

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
  const accuracyGaps = new Window(PATIENCE);
  const trainLosses = new Window(PATIENCE);
  const validationLosses = new Window(PATIENCE);
  let firstStep: number | undefined;

  return {
    symptom: "overfitting-gap",
    lesson:
      "Lesson 001, overfitting and dropout; lesson 002, overfit numbers (Srivastava et al. 2014)",
    judge(event, history) {
      if (event.kind !== "epoch" || event.epoch === 0 || !event.validation) return undefined;
      trainLosses.push(event.train["loss"] ?? Number.NaN);
      validationLosses.push(event.validation["loss"] ?? Number.NaN);
      accuracyGaps.push(
        (event.train["accuracy"] ?? Number.NaN) - (event.validation["accuracy"] ?? Number.NaN),
      );
      if (!trainLosses.full) return undefined;

      const accuracyGap = median(accuracyGaps.values);
      const tested = Math.max(ACCURACY_GAP, STANDARD_ERRORS * standardError(event, history));
      const train = median(trainLosses.values);
      const validation = median(validationLosses.values);
      const lossThreshold = LOSS_GAP * history.chanceLoss;
      const byAccuracy = accuracyGap >= tested;
      const byLoss = validation - train >= lossThreshold && validation >= LOSS_RATIO * train;
      if (!byAccuracy && !byLoss) return firstStep === undefined ? undefined : null;
      firstStep ??= event.step;
      return observe(event, history, {
        firstStep,
        accuracyGap: byAccuracy ? { value: accuracyGap, threshold: tested } : undefined,
        lossGap: byLoss ? { value: validation - train, threshold: lossThreshold } : undefined,
        severe: accuracyGap >= SEVERE_ACCURACY_GAP || validation - train >= history.chanceLoss,
      });
    },
  };
}

/** Of an accuracy p measured on n examples: √(p (1 − p) / n). */
function standardError(event: EpochEvent, history: History): number {
  const accuracy = event.validation?.["accuracy"] ?? Number.NaN;
  const examples = history.run?.examples.validation ?? 0;
  return examples > 0 ? Math.sqrt((accuracy * (1 - accuracy)) / examples) : 0;
}

interface Gap {
  value: number;
  threshold: number;
}

function observe(
  event: EpochEvent,
  history: History,
  seen: {
    firstStep: number;
    accuracyGap: Gap | undefined;
    lossGap: Gap | undefined;
    severe: boolean;
  },
): Observation {
  const span = { firstStep: seen.firstStep, lastStep: event.step };
  const [train, validation] = [event.train, event.validation ?? {}];
  const parameters = history.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const largest = history.layers.reduce((a, b) => (b.parameters > a.parameters ? b : a));
  const examples = history.run?.examples.train ?? 0;
  const figures = seen.accuracyGap
    ? `accuracy is ${percent(train["accuracy"] ?? Number.NaN)} on training data and ${percent(validation["accuracy"] ?? Number.NaN)} on validation data`
    : `the loss is ${short(train["loss"] ?? Number.NaN)} on training data and ${short(validation["loss"] ?? Number.NaN)} on validation data`;
  const evidence: Observation["evidence"] = [];
  if (seen.accuracyGap) {
    evidence.push({
      metric: "validation.accuracy",
      layer: null,
      ...span,
      ...seen.accuracyGap,
      text: `accuracy gap of ${Math.round(seen.accuracyGap.value * 100)} points, median of ${PATIENCE} epochs (trouble from ${Math.round(seen.accuracyGap.threshold * 100)})`,
    });
  }
  if (seen.lossGap) {
    evidence.push({
      metric: "validation.loss",
      layer: null,
      ...span,
      ...seen.lossGap,
      text: `loss gap of ${short(seen.lossGap.value)}, median of ${PATIENCE} epochs (trouble from ${short(seen.lossGap.threshold)})`,
    });
  }
  return {
    severity: seen.severe ? "error" : "warning",
    ...span,
    layers: [largest.name],
    message: `Overfitting: at epoch ${event.epoch} ${figures}; ${parameters.toLocaleString("en")} parameters learn from ${examples.toLocaleString("en")} examples.`,
    evidence,
    anchor: largest.anchor,
  };
}
