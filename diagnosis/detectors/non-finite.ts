/** A loss, a gradient, a weight or an activation is NaN or infinite: from here on nothing is learned. */
import type { LayerColumns, StepEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";

/** The update ratio is left out: it is infinite wherever weights start at zero. */
const COLUMNS = [
  "weightNorm",
  "gradientNorm",
  "activationStd",
] as const satisfies readonly (keyof LayerColumns)[];

export const nonFinite = defineDetector({
  symptom: "non-finite",
  lesson: "Lesson 001, silent failure and exploding by product: weights to infinity, loss NaN",
  needs: ["step.loss"],
  wants: ["step.layers.weightNorm"],
  starts: "at once",
  thresholds: {},
  remedies: [heInitialization, lowerLearningRate, clipByNorm],
  on: ["step"],
  create() {
    let found = false;
    let lastLoss = Number.NaN;
    let lastNorm = Number.NaN;
    return (event, history) => {
      if (event.kind !== "step" || found) return undefined;
      const metric = firstNonFinite(event);
      if (!metric) {
        lastLoss = event.loss;
        lastNorm = event.gradientNorm;
        return undefined;
      }
      found = true;
      return observe(event, history, metric, { loss: lastLoss, norm: lastNorm });
    };
  },
});

function firstNonFinite(event: StepEvent): string | undefined {
  if (!Number.isFinite(event.loss)) return "loss";
  if (!Number.isFinite(event.gradientNorm)) return "gradientNorm";
  return COLUMNS.find((column) => event.layers?.[column].some(isNonFinite));
}

function isNonFinite(value: number | null): boolean {
  return value !== null && !Number.isFinite(value);
}

function observe(
  event: StepEvent,
  history: History,
  metric: string,
  before: { loss: number; norm: number },
): Observation {
  const layers = history.layers.filter((_, i) =>
    COLUMNS.some((column) => isNonFinite(event.layers?.[column][i] ?? null)),
  );
  const value =
    metric === "loss" ? event.loss : metric === "gradientNorm" ? event.gradientNorm : Number.NaN;
  const what = {
    loss: "The loss",
    gradientNorm: "The gradient norm",
    weightNorm: "A weight",
    activationStd: "An activation",
  }[metric];
  const last = Number.isNaN(before.loss)
    ? "at the very first step"
    : `one step after a loss of ${short(before.loss)} and a gradient norm of ${short(before.norm)}`;
  const names = layers.map((layer) => layer.name);
  const at = { firstStep: event.step, lastStep: event.step };
  return {
    severity: "error",
    ...at,
    layers: names,
    message: `${what} became ${Number.isNaN(value) ? "NaN" : value} at step ${event.step}, ${last}.`,
    evidence: [
      {
        metric,
        layer: names[0] ?? null,
        ...at,
        value,
        threshold: Number.MAX_VALUE,
        text: names.length > 0 ? `not finite in ${list(names)}` : `${metric} is ${value}`,
      },
    ],
    anchor: history.run?.anchors.optimizer ?? null,
  };
}
