/** What activations do to the size of a signal and of its gradient. */
import type { LayerInfo } from "../../telemetry/events.ts";

/** The largest slope of activations that flatten on both sides: lesson 001 (S1-04), lesson 004 (S4-13). */
const STEEPEST: Readonly<Record<string, number>> = {
  sigmoid: 1 / 4,
  hardSigmoid: 1 / 5,
  tanh: 1,
  softsign: 1,
};

/** Activations that pass on about half of a centred signal: He et al. 2015. */
const RECTIFIERS = new Set(["relu", "relu6", "leakyRelu", "prelu", "elu", "gelu", "swish", "silu"]);

/** Whether the activation flattens on both sides, so that large inputs leave no gradient. */
export function saturates(activation: string): boolean {
  return activation in STEEPEST;
}

/** At most this much of a gradient passes; 1 for activations that do not flatten. */
export function steepestSlope(activation: string): number {
  return STEEPEST[activation] ?? 1;
}

/** What the weights must multiply a signal with so that it keeps its size: √2 before a rectifier, 1 before others. */
export function idealGain(activation: string): number {
  return RECTIFIERS.has(activation) ? Math.SQRT2 : 1;
}

/** The activation that a layer's output meets: its own, or that of an activation layer before the next weights. */
export function activationAfter(layers: readonly LayerInfo[], index: number): string {
  for (let i = index; i < layers.length; i++) {
    const layer = layers[i] as LayerInfo;
    if (i > index && layer.fanIn !== null) break;
    if (layer.activation && layer.activation !== "linear") return layer.activation;
  }
  return "linear";
}
