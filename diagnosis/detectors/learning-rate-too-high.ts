/**
 * The steps are too large: the loss climbs, or was thrown to where no gradient leads back.
 *
 * Large updates alone are no trouble: a catapult in the first steps is healthy (Lewkowycz et al. 2020), and so is a
 * large rate on a small problem. The outcome has to be bad, for longer than a spike.
 */
import type { InitialEvent, StepEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { warmupCosine } from "../remedies/warmup-cosine.ts";
import { median, Window } from "../robust.ts";
import { aboveSince, headsDown, ranToItsEnd, recovers } from "../theory/progress.ts";

export const learningRateTooHigh = defineDetector({
  symptom: "learning-rate-too-high",
  lesson: "Lesson 000, learning rate too high: 10, 15, 22; lesson 003, lr 2.0 on x² (S3-31)",
  needs: ["step.loss | epoch.train.loss"],
  wants: ["step.layers.updateRatio", "step.learningRate"],
  starts:
    "after five steps of growth, two epochs that rise, or 15 % of the planned run above chance; then since step 0 where the first gradient said so already",
  thresholds: {
    rise: {
      value: 1.4,
      what: "loss of an epoch over that of the epoch before, twice in a row",
      source: "Lesson 000 (S0-07): 15 / 10 and 22 / 15",
    },
    update: {
      value: 0.1,
      what: "change of a layer's weights by one of the first updates, as a share of them",
      source: "DeepDiagnosis; TheDeepChecker; lesson 003 (S3-34)",
    },
    jump: {
      value: 0.5,
      what: "the same of a single one of the first updates",
      source: "Lesson 003 (S3-34): one huge gradient destroys the weights in one update",
    },
    above: {
      value: 1.1,
      what: "loss over the loss of knowing nothing",
      source: "Ours: a constant does better, beyond the noise of a batch",
    },
    growth: {
      value: 10,
      what: "loss over the first loss, growing for five steps",
      source:
        "axonml MonitorConfig: 10 times the average; Lightning's finder stops at 4 times the best",
    },
    patience: {
      value: 0.15,
      what: "share of the planned run above chance",
      source: "Lesson 001 (S1-30): a warm-up takes 5 to 10 %, and a catapult as long",
    },
  },
  remedies: [lowerLearningRate, warmupCosine, clipByNorm],
  on: ["initial", "step", "epoch", "end"],
  create(limits) {
    const losses = new Window(5);
    let open = false;
    /** The first gradient says already what the outcome shows later. */
    let foreseen = false;
    const judge = (reason: Reason | undefined, history: History) => {
      if (!reason) return undefined;
      open = true;
      return observe(
        history,
        foreseen && reason.firstStep <= 1 ? { ...reason, firstStep: 0 } : reason,
      );
    };
    return (event, history) => {
      if (event.kind === "initial") {
        foreseen = nextUpdate(event, history) >= limits.update;
        return undefined;
      }
      if (event.kind === "step") {
        losses.push(event.loss);
        return open ? undefined : judge(growing(event, losses, history, limits), history);
      }
      if (event.kind !== "epoch" && event.kind !== "end") return undefined;
      if (open && history.unlearned < 0.5) {
        open = false;
        return null;
      }
      return judge(rising(history, limits) ?? thrown(history, limits), history);
    };
  },
});

/** One update of ten times the weights leaves nothing of them: what comes down afterwards is no way back. */
const DESTROYED = 10;

interface Reason {
  firstStep: number;
  metric: string;
  value: number;
  threshold: number;
  text: string;
}

/**
 * What plain gradient descent is about to change of the layer that it changes most, as a share of its weights: known
 * from the first gradient, before the first update. NaN for optimizers that scale or clip the gradient.
 */
function nextUpdate({ layers }: InitialEvent, { run }: History): number {
  const { name, learningRate = Number.NaN, settings = {} } = run?.optimizer ?? {};
  if (name !== "sgd" || "clipNorm" in settings || "clipValue" in settings) return Number.NaN;
  const updates = layers.gradientNorm.flatMap((gradient, i) => {
    const weights = layers.weightNorm[i] ?? 0;
    return gradient !== null && weights > 0 ? [(learningRate * gradient) / weights] : [];
  });
  return updates.length > 0 ? Math.max(...updates) : Number.NaN;
}

/** Five steps, each larger than the one before, far above where the training began. */
function growing(
  event: StepEvent,
  losses: Window,
  history: History,
  { growth }: { growth: number },
): Reason | undefined {
  const start = Math.max(history.initialLoss, history.chanceLoss || 0);
  if (!losses.full || !(event.loss >= growth * start)) return undefined;
  const ratios = losses.values.slice(1).map((loss, i) => loss / (losses.values[i] as number));
  const climbs = ratios.every((ratio) => ratio > 1);
  // What diverges keeps its pace or gains; a catapult slows down before it turns.
  const slowing = (ratios.at(-1) as number) < (ratios[0] as number);
  if (!climbs || (slowing && event.loss < growth ** 3 * start)) return undefined;
  const factor = (losses.last / losses.first) ** (1 / 4);
  return {
    firstStep: 1,
    metric: "loss",
    value: event.loss,
    threshold: growth * start,
    text: `the loss grows ${short(factor)}-fold a step, to ${short(event.loss)} at step ${event.step}`,
  };
}

/** Two epochs in a row that are much worse than the one before, and worse than knowing nothing. */
function rising(
  history: History,
  { rise, patience }: { rise: number; patience: number },
): Reason | undefined {
  // With one step an epoch, the first epochs are a few steps.
  if (history.share < patience) return undefined;
  const [a, b, c] = history.epochs.slice(-3).map(({ train }) => train["loss"] ?? Number.NaN);
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (!(b >= rise * a && c >= rise * b && c > history.chanceLoss)) return undefined;
  return {
    firstStep: history.epochs.at(-2)?.step ?? 1,
    metric: "train.loss",
    value: c / b,
    threshold: rise,
    text: `the loss climbs from epoch to epoch: ${[a, b, c].map(short).join(", ")}`,
  };
}

/** Above chance for a good while: thrown out by the first updates, or after it had learned already. */
function thrown(
  history: History,
  limits: { update: number; jump: number; above: number; patience: number },
): Reason | undefined {
  const { above, patience } = limits;
  // On the way down from a bad start (targets far from zero, inputs that are not scaled) or from a catapult's height.
  const destroyed = history.largestEarlyUpdate >= DESTROYED;
  if (!destroyed && (headsDown(history) || (!history.end && recovers(history)))) return undefined;
  const { chanceLoss, lastStep } = history;
  const since = aboveSince(history, above * chanceLoss) ?? Number.POSITIVE_INFINITY;
  const steps = (lastStep?.step ?? 0) - since;
  const long = steps >= Math.max(20, patience * (history.plannedSteps || 0));
  const early = hugeUpdate(history, limits);
  if (!(long || (ranToItsEnd(history) && steps >= 0))) return stuck(history, limits);
  const lowest = Math.min(...history.trend.blocks.map(({ loss }) => loss));
  const lost = lowest < 0.7 * chanceLoss;
  if (!early && !lost) return undefined;
  const value = history.trend.recent();
  return {
    firstStep: early ? 1 : since,
    metric: "loss",
    value,
    threshold: above * chanceLoss,
    text: early
      ? `${early.text}, where 0.1 % is usual, and left the loss at ${short(value)}, where knowing nothing gives ${short(chanceLoss)}`
      : `the loss had fallen to ${short(lowest)} and was thrown up to ${short(value)} at step ${since}, where knowing nothing gives ${short(chanceLoss)}`,
  };
}

/** Whether the first updates changed a layer's weights too much: as a rule, or one of them by a large part. */
function hugeUpdate(
  { earlyUpdate, largestEarlyUpdate }: History,
  { update, jump }: { update: number; jump: number },
): { value: number; threshold: number; text: string } | undefined {
  if (earlyUpdate >= update) {
    const text = `the first updates changed the weights by ${percent(earlyUpdate)} a step`;
    return { value: earlyUpdate, threshold: update, text };
  }
  if (!(largestEarlyUpdate >= jump)) return undefined;
  const text = `one of the first updates changed the weights by ${percent(largestEarlyUpdate)}`;
  return { value: largestEarlyUpdate, threshold: jump, text };
}

/** After huge first updates the model gives one answer for everything, and nothing moves it. */
function stuck(history: History, limits: { update: number; jump: number }): Reason | undefined {
  const late = history.share >= 0.25 || ranToItsEnd(history);
  const huge = hugeUpdate(history, limits);
  if (!late || !(history.unlearned >= 0.98) || !huge) return undefined;
  const value = median(history.trend.blocks.slice(-3).map(({ loss }) => loss));
  return {
    firstStep: 1,
    metric: "updateRatio",
    value: huge.value,
    threshold: huge.threshold,
    text: `${huge.text}, where 0.1 % is usual, and nothing was learned since: the loss is ${short(value)}, as if knowing nothing`,
  };
}

function observe(history: History, { firstStep, text, ...evidence }: Reason): Observation {
  const rate = history.lastStep?.learningRate ?? history.run?.optimizer.learningRate ?? Number.NaN;
  const span = { firstStep, lastStep: history.lastStep?.step ?? firstStep };
  return {
    severity: "error",
    ...span,
    layers: [],
    message: `The learning rate ${short(rate)} is too high: ${text}.`,
    evidence: [{ layer: null, ...span, ...evidence, text }],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
