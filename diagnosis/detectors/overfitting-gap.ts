/**
 * The model does much better on the examples it trains on than on those it has not seen.
 *
 * The median over several epochs, and beyond what chance makes of a small validation set: SageMaker's rule
 * (a gap of 10 % of the loss in one epoch) alarms on most healthy runs.
 */
import type { EpochEvent, Metrics } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { augment } from "../remedies/augment.ts";
import { dropout } from "../remedies/dropout.ts";
import { earlyStopping } from "../remedies/early-stopping.ts";
import { restoreBestWeights } from "../remedies/restore-best-weights.ts";
import { weightDecay } from "../remedies/weight-decay.ts";
import { median, noiseOf, Window } from "../robust.ts";

const THRESHOLDS = {
  accuracy: {
    value: 0.1,
    what: "training accuracy above validation accuracy",
    source: "Lesson 001 (S1-22): 10 points",
  },
  severe: {
    value: 0.2,
    what: "the same, from which it is an error",
    source: "Lesson 001: 99 % against 75 % is the example of overfitting",
  },
  ratio: {
    value: 2,
    what: "validation loss over training loss",
    source: "Lesson 002 (S2-20)",
  },
  loss: {
    value: 0.5,
    what: "gap of the losses, as a share of the loss of knowing nothing",
    source:
      "Lesson 002 (S2-20) asks for 0.1; as a share it means the same for any number of classes",
  },
} as const;
type GapLimits = Limits<typeof THRESHOLDS>;
/** Training loss or errors over those of knowing nothing, below which something was learned. */
const LEARNED = 0.5;
/** Standard errors of the validation accuracy that a gap must exceed to be more than chance. */
const STANDARD_ERRORS = 3;
/** Epochs; one alone is noise. */
const PATIENCE = 3;
/** A lower validation loss counts as such from 5 %: Prechelt 1998, generalisation loss. */
const IMPROVEMENT = 0.05;
/** Epochs over which the noise of the validation figures is estimated. */
const NOISE_WINDOW = 10;

export const overfittingGap = defineDetector({
  symptom: "overfitting-gap",
  lesson:
    "Lesson 001, overfitting and dropout; lesson 002, overfit numbers (Srivastava et al. 2014)",
  needs: ["epoch.train", "epoch.validation"],
  starts: "after three epochs",
  thresholds: THRESHOLDS,
  remedies: [dropout, weightDecay, augment, earlyStopping, restoreBestWeights],
  on: ["epoch", "end"],
  create(limits) {
    const recent: Figures[] = [];
    const noise = { accuracy: new Wobble("accuracy"), loss: new Wobble("loss") };
    let firstStep: number | undefined;
    let best = Number.POSITIVE_INFINITY;
    let bestEpoch = 0;
    return (event, history) => {
      if (event.kind === "end") {
        // Early stopping went back to an earlier epoch: what counts is the gap of the weights that were kept.
        if (firstStep === undefined || event.bestEpoch === null) return undefined;
        const { train, validation } = event;
        if (!train || !validation) return undefined;
        const gap = judgeGap([{ train, validation }], history, limits, noise);
        return isAny(gap) ? undefined : null;
      }
      if (event.kind !== "epoch" || event.epoch === 0 || !event.validation) return undefined;
      const loss = event.validation["loss"] ?? Number.NaN;
      if (loss < (1 - IMPROVEMENT) * best) [best, bestEpoch] = [loss, event.epoch];
      noise.accuracy.push(event.validation);
      noise.loss.push(event.validation);
      recent.push({ train: event.train, validation: event.validation });
      if (recent.length > PATIENCE) recent.shift();
      if (recent.length < PATIENCE) return undefined;
      const gap = judgeGap(recent, history, limits, noise);
      // While the validation loss still falls it may catch up: as with batch normalisation that follows slowly.
      const falling = event.epoch - bestEpoch < PATIENCE || closes(recent);
      if (isAny(gap) && firstStep === undefined && falling) return undefined;
      if (!isAny(gap)) return firstStep === undefined ? undefined : null;
      firstStep ??= event.step;
      return observe(event, history, firstStep, gap);
    };
  },
});

/** How much a validation figure changes from one epoch to the next, without a trend. */
class Wobble {
  readonly #metric: string;
  readonly #jumps = new Window(NOISE_WINDOW);
  #last = Number.NaN;

  constructor(metric: string) {
    this.#metric = metric;
  }

  push(validation: Metrics): void {
    const now = validation[this.#metric] ?? Number.NaN;
    const jump = Math.abs(now - this.#last);
    this.#last = now;
    if (!Number.isNaN(jump)) this.#jumps.push(jump);
  }

  /** Standard deviation of the median of `count` epochs. */
  error(count: number): number {
    return noiseOf(this.#jumps.values) / Math.sqrt(count);
  }
}

interface Figures {
  train: Metrics;
  validation: Metrics;
}

/** Whether the validation loss comes down to the training loss by a tenth of the gap or more an epoch. */
function closes(epochs: readonly Figures[]): boolean {
  const gaps = epochs.map(lossGap);
  return gaps.every((gap, i) => i === 0 || gap <= 0.9 * (gaps[i - 1] as number));
}

function isAny(gap: Gap): boolean {
  return gap.accuracy !== undefined || gap.loss !== undefined;
}

interface Excess {
  value: number;
  threshold: number;
  figures: Figures;
}

interface Gap {
  accuracy: Excess | undefined;
  loss: Excess | undefined;
  severe: boolean;
}

const accuracyGap = ({ train, validation }: Figures) => difference(train, validation, "accuracy");
const lossGap = ({ train, validation }: Figures) => difference(validation, train, "loss");

function difference(a: Metrics, b: Metrics, metric: string): number {
  return (a[metric] ?? Number.NaN) - (b[metric] ?? Number.NaN);
}

/** The epoch whose gap is the median one. */
function typical(epochs: readonly Figures[], gapOf: (figures: Figures) => number): Figures {
  const middle = median(epochs.map(gapOf));
  return epochs.find((figures) => gapOf(figures) === middle) ?? (epochs.at(-1) as Figures);
}

/** @param epochs an odd number of them; the median gap is judged */
function judgeGap(
  epochs: readonly Figures[],
  history: History,
  limits: GapLimits,
  noise: { accuracy: Wobble; loss: Wobble },
): Gap {
  const byAccuracy = typical(epochs, accuracyGap);
  const byLoss = typical(epochs, lossGap);
  const accuracy = accuracyGap(byAccuracy);
  const loss = lossGap(byLoss);
  const accuracyThreshold = Math.max(
    limits.accuracy,
    STANDARD_ERRORS * standardError(byAccuracy.validation["accuracy"] ?? Number.NaN, history),
    STANDARD_ERRORS * noise.accuracy.error(epochs.length),
  );
  const lossThreshold = Math.max(
    limits.loss * history.chanceLoss,
    STANDARD_ERRORS * noise.loss.error(epochs.length),
  );
  const trainLoss = byLoss.train["loss"] ?? Number.NaN;
  // Who has not learned the training data has not learned it by heart either.
  const learned = trainLoss < LEARNED * history.chanceLoss;
  const errors = 1 - (byAccuracy.train["accuracy"] ?? Number.NaN);
  const knowsThem = !(errors > LEARNED * (1 - history.chance.accuracy));
  const ratio = (byLoss.validation["loss"] ?? Number.NaN) / trainLoss;
  return {
    accuracy:
      knowsThem && accuracy >= accuracyThreshold
        ? { value: accuracy, threshold: accuracyThreshold, figures: byAccuracy }
        : undefined,
    loss:
      learned && loss >= lossThreshold && ratio >= limits.ratio
        ? { value: loss, threshold: lossThreshold, figures: byLoss }
        : undefined,
    severe: accuracy >= limits.severe || loss >= history.chanceLoss,
  };
}

/** Of an accuracy p measured on n examples: √(p (1 − p) / n). */
function standardError(accuracy: number, history: History): number {
  const examples = history.run?.examples.validation ?? 0;
  const error = examples > 0 ? Math.sqrt((accuracy * (1 - accuracy)) / examples) : 0;
  return Number.isNaN(error) ? 0 : error;
}

function observe(event: EpochEvent, history: History, firstStep: number, gap: Gap): Observation {
  const parameters = history.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const [largest] = history.layers.toSorted((a, b) => b.parameters - a.parameters);
  const examples = history.run?.examples.train ?? 0;
  const counts =
    examples > 0 && parameters > 0
      ? `; ${parameters.toLocaleString("en")} parameters learn from ${examples.toLocaleString("en")} examples`
      : "";
  const span = { firstStep, lastStep: event.step };
  return {
    severity: gap.severe ? "error" : "warning",
    ...span,
    layers: largest ? [largest.name] : [],
    message: `Overfitting: at epoch ${event.epoch} ${figuresOf(gap)}${counts}.`,
    evidence: [
      ...evidenceOf("accuracy", gap.accuracy, span, (value) => `${Math.round(value * 100)} points`),
      ...evidenceOf("loss", gap.loss, span, short),
    ],
    anchor: largest?.anchor ?? null,
  };
}

function figuresOf({ accuracy, loss }: Gap): string {
  const { train, validation } = (accuracy ?? loss)?.figures ?? { train: {}, validation: {} };
  const [metric, write] = accuracy ? (["accuracy", percent] as const) : (["loss", short] as const);
  const figure = (metrics: Metrics) => write(metrics[metric] ?? Number.NaN);
  return `the ${metric} is ${figure(train)} on training data and ${figure(validation)} on validation data`;
}

function evidenceOf(
  metric: string,
  excess: Excess | undefined,
  span: { firstStep: number; lastStep: number },
  write: (value: number) => string,
): Observation["evidence"] {
  if (!excess) return [];
  const { value, threshold } = excess;
  const text = `${metric} gap of ${write(value)}, median of ${PATIENCE} epochs (trouble from ${write(threshold)})`;
  return [{ metric: `validation.${metric}`, layer: null, ...span, value, threshold, text }];
}
