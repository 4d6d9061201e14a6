/** The first gradient, before any update: huge or not finite, though no weight is to blame for it yet. */
import type { InitialEvent } from "../../telemetry/events.ts";
import type { Observation } from "../detector.ts";
import { layerEvidence, nameOf } from "../evidence.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { inputSize, theoreticalNorm } from "./gradientNorm.ts";
import { initialGain } from "./initialGain.ts";

/** @returns the finding `exploding-gradients`, or undefined where the first gradient is as it should be */
export function explodesAtFirst(
  initial: InitialEvent,
  history: History,
  limits: { factor: number; growth: number },
): Observation | undefined {
  const { invalid } = history.data ?? {};
  // What is not finite from the inputs on is `non-finite` by its data.
  if (invalid && invalid.inputs + invalid.targets > 0) return undefined;
  const threshold = limits.factor * theoreticalNorm(history) * inputSize(history);
  const lost = !Number.isFinite(initial.gradientNorm) || !Number.isFinite(initial.loss);
  const growth = growthOf(initial, history);
  const grows =
    growth.ratio >= limits.growth &&
    initialGain(history, initial.layers, "large").gain < limits.factor;
  const huge = initial.gradientNorm >= threshold;
  if (!lost && !huge && !grows) return undefined;
  const span = { firstStep: 0, lastStep: 0 };
  const where = nameOf(history, growth.index);
  const why =
    lost || grows
      ? `the activations grow from layer to layer, to ${short(growth.ratio)} times the inputs in ${where}`
      : `${short(initial.gradientNorm / (threshold / limits.factor))} times what a network of this size should have`;
  return {
    // Adaptive optimizers take any finite size; whether it does harm is seen within a few steps.
    severity: lost || grows ? "error" : "info",
    ...span,
    layers: lost || grows ? [where] : [],
    message: `Gradients explode before the first update: their norm is ${short(initial.gradientNorm)} and the loss ${short(initial.loss)}; ${why}.`,
    evidence: [
      {
        metric: "gradientNorm",
        layer: null,
        ...span,
        value: initial.gradientNorm,
        threshold,
        text: `gradient norm ${short(initial.gradientNorm)} before the first update (trouble from ${short(threshold)})`,
      },
      layerEvidence(history, "activationStd", growth.index, {
        ...span,
        value: growth.ratio,
        threshold: limits.growth,
        text: `activations ${short(growth.ratio)} times as large as the inputs`,
      }),
    ],
    anchor: history.layers[growth.index]?.anchor ?? null,
  };
}

/** The layer with the largest activations against the inputs; where they are lost, the first such layer. */
function growthOf(
  { layers: { activationStd } }: InitialEvent,
  history: History,
): { index: number; ratio: number } {
  const input = Math.max(history.data?.inputs.std ?? 1, 1);
  let largest = { index: 0, ratio: 0 };
  for (const [index, std] of activationStd.entries()) {
    if (std === null) continue;
    if (!Number.isFinite(std)) return { index, ratio: Number.POSITIVE_INFINITY };
    if (std / input > largest.ratio) largest = { index, ratio: std / input };
  }
  return largest;
}
