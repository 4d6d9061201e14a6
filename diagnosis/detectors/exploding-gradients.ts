/**
 * Gradients grow out of proportion while training loses what it learned, or never starts to learn.
 *
 * Large gradients alone are no trouble (warm-up spikes, unscaled targets): AUTOTRAINER's low rate of false
 * alarms comes from asking for a bad outcome as well, and so does this rule.
 */
import type { StepEvent } from "../../telemetry/events.ts";
import {
  defineDetector,
  type Judge,
  type Limits,
  type Observation,
  type Thresholds,
} from "../detector.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";
import { LogMedian, median, Window } from "../robust.ts";
import { explodesAtFirst } from "../theory/firstGradient.ts";
import { theoreticalNorm } from "../theory/gradientNorm.ts";
import { initialGain, type OffLayer, TOLERATED_GAIN } from "../theory/initialGain.ts";

const THRESHOLDS = {
  factor: {
    value: 10,
    what: "gradient norm over its running median, or over theory",
    source: "Lesson 001 (S1-03)",
  },
  patience: {
    value: 5,
    what: "steps whose median is judged",
    source: "Ours: never from one noisy step",
  },
  warmUp: {
    value: 20,
    what: "steps of its own history before it is compared with that",
    source: "ZClip: 25 steps",
  },
  loss: {
    value: 2,
    what: "loss over that of knowing nothing",
    source: "TheDeepChecker: an initial loss off by 100 %",
  },
  growth: {
    value: 1e3,
    what: "activations of the last hidden layer over the inputs, before the first update",
    source: "Lesson 001 (S1-10)",
  },
} as const satisfies Thresholds;
type ExplosionLimits = Limits<typeof THRESHOLDS>;

export const explodingGradients = defineDetector({
  symptom: "exploding-gradients",
  lesson:
    "Lesson 001, exploding gradients; lesson 003, gradient clipping (Pascanu et al. 2013; He et al. 2015)",
  needs: ["initial.gradientNorm | step.gradientNorm"],
  wants: ["initial.gradientNorm", "step.layers.gradientNorm", "step.layers.weightNorm"],
  starts:
    "before the first update; then after five steps, or after the step before, where the next is not finite",
  thresholds: THRESHOLDS,
  remedies: [heInitialization, lowerLearningRate, clipByNorm],
  on: ["initial", "step", "epoch"],
  create: judgeNorms,
});

function judgeNorms(limits: ExplosionLimits): Judge {
  const { factor, patience, warmUp } = limits;
  const norms = new Window(patience);
  const losses = new Window(patience);
  const past = new LogMedian();
  /** Of the layers and the data, both known before the first step. */
  let theory: number | undefined;
  let worst = 0;
  let firstStep = 0;
  let badInEpoch = false;
  let open = false;

  /** A norm to compare with, times the factor; infinite while there is none. */
  const limitOf = (history: History): number => {
    theory ??= theoreticalNorm(history);
    return factor * Math.min(theory, past.count >= warmUp ? past.value : Number.POSITIVE_INFINITY);
  };

  /** The threshold that the last steps are above, or undefined. */
  const exceeded = (history: History): number | undefined => {
    const limit = limitOf(history);
    if (limit < Number.POSITIVE_INFINITY) {
      if (norms.last < limit) return undefined; // spares the medians of a healthy run
      const failing = !(median(losses.values) < limits.loss * history.chanceLoss);
      return failing && median(norms.values) >= limit ? limit : undefined;
    }
    // Nothing to compare with yet: norm and loss both grow from step to step, beyond where they began.
    const grown = norms.last >= factor * norms.first && losses.last >= factor * losses.first;
    const start = history.firstStep?.loss ?? Number.NaN;
    return grown && losses.last >= limits.loss * start ? factor * norms.first : undefined;
  };

  /** The threshold that the step before was above, where the next one is not finite: no patience is needed then. */
  const blewUp = (history: History): number | undefined => {
    const limit = Math.min(
      limitOf(history),
      factor * (norms.values[0] ?? Number.POSITIVE_INFINITY),
    );
    const failing = losses.last >= limits.loss * history.chanceLoss;
    return failing && norms.last >= limit ? limit : undefined;
  };

  const judgeStep = (event: StepEvent, history: History): Observation | undefined => {
    const finite = Number.isFinite(event.gradientNorm) && Number.isFinite(event.loss);
    if (finite) {
      norms.push(event.gradientNorm);
      losses.push(event.loss);
    } else if (open) return undefined;
    const threshold = finite ? norms.full && exceeded(history) : blewUp(history);
    past.push(event.gradientNorm);
    if (!threshold) return undefined;
    badInEpoch = true;
    const norm = finite ? median(norms.values) : norms.last;
    if (open && norm < 2 * worst) return undefined;
    worst = Math.max(worst, norm);
    const seen = norms.values.length - (finite ? 1 : 0);
    firstStep ||= event.step - seen + norms.values.findIndex((n) => n >= threshold);
    open = true;
    const loss = finite ? median(losses.values) : losses.last;
    return observe(history, limits, { firstStep, event, norm, threshold, loss });
  };

  return (event, history) => {
    if (event.kind === "step") return judgeStep(event, history);
    if (event.kind === "initial") {
      const found = explodesAtFirst(event, history, limits);
      open = found !== undefined;
      badInEpoch = open;
      return found;
    }
    if (event.kind !== "epoch" || event.epoch === 0) return undefined;
    const chance = history.chanceLoss;
    const learned = (event.train["loss"] ?? Number.NaN) < chance / 2;
    const recovered =
      open && !badInEpoch && learned && !((event.validation?.["loss"] ?? 0) >= chance);
    badInEpoch = false;
    if (!recovered) return undefined;
    open = false;
    worst = 0;
    return null;
  };
}

function observe(
  history: History,
  limits: ExplosionLimits,
  seen: { firstStep: number; event: StepEvent; norm: number; threshold: number; loss: number },
): Observation {
  const { firstStep, event, norm, threshold, loss } = seen;
  const { gain, layers } = initialGain(history, history.initial, "large");
  const tooLarge = gain >= TOLERATED_GAIN ? layers : [];
  const steepest = steepestLayer(event, history);
  const cause = tooLarge[0];
  const span = { firstStep, lastStep: event.step };
  return {
    severity: "error",
    ...span,
    layers: cause ? tooLarge.map(({ layer }) => layer.name) : steepest ? [steepest] : [],
    message: cause
      ? `Gradients explode: their norm is ${short(norm)} and the loss ${short(loss)}, because the weights ${tooLarge.length > 1 ? `of ${tooLarge.length} layers, from ${cause.layer.name} on,` : `of ${cause.layer.name}`} start ${short(cause.off)} times as large as He initialisation makes them.`
      : `Gradients explode: their norm reached ${short(norm)} at step ${event.step}, and the loss ${short(loss)}; the learning rate ${short(event.learningRate)} is too large for them.`,
    evidence: [
      {
        metric: "gradientNorm",
        layer: steepest ?? null,
        ...span,
        value: norm,
        threshold,
        text: `gradient norm ${short(norm)}, over ${limits.patience} steps or before it was lost (trouble from ${short(threshold)})`,
      },
      {
        metric: "loss",
        layer: null,
        ...span,
        value: loss,
        threshold: limits.loss * history.chanceLoss,
        text: `loss ${short(loss)}, where knowing nothing gives ${short(history.chanceLoss)}`,
      },
      ...(cause ? [scaleEvidence(cause, gain)] : []),
    ],
    anchor: cause?.layer.anchor ?? history.run?.anchors.optimizer ?? null,
  };
}

function scaleEvidence(cause: OffLayer, gain: number): Observation["evidence"][number] {
  return {
    metric: "initialScale",
    layer: cause.layer.name,
    firstStep: 1,
    lastStep: 1,
    value: gain,
    threshold: TOLERATED_GAIN,
    text: `weights start at ${short(cause.off)} times the standard deviation √(2 / fan-in) in ${cause.layer.name}, which makes the signal ${short(gain)} times too large through all layers`,
  };
}

function steepestLayer(event: StepEvent, history: History): string | undefined {
  let name: string | undefined;
  let largest = 0;
  event.layers?.gradientNorm.forEach((norm, i) => {
    if (norm !== null && norm > largest) {
      largest = norm;
      name = history.layers[i]?.name;
    }
  });
  return name;
}
