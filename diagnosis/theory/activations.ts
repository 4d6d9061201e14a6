/** What activations do to a signal on its way forth, and to a gradient on its way back. */

/** The largest slope of those that flatten on both sides: lesson 001 (S1-04), lesson 004 (S4-13). */
const STEEPEST: Readonly<Record<string, number>> = {
  sigmoid: 1 / 4,
  hardsigmoid: 1 / 5,
  tanh: 1,
  softsign: 1,
};

/** Activations that pass on about half of a centred input, which is what He's factor 2 makes up for. */
const RECTIFIERS = new Set(["relu", "leakyrelu", "prelu", "elu", "gelu", "swish", "silu"]);

export function isRectifier(activation: string): boolean {
  return RECTIFIERS.has(keyOf(activation));
}

/** Whether the activation flattens on both sides, so that large inputs leave no gradient. */
export function saturates(activation: string): boolean {
  return keyOf(activation) in STEEPEST;
}

/** At most this much of a gradient passes; 1 for activations that do not flatten. */
export function steepestSlope(activation: string): number {
  return STEEPEST[keyOf(activation)] ?? 1;
}

const keyOf = (activation: string) => activation.toLowerCase().replaceAll("_", "");
