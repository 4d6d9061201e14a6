/** What activations that flatten on both sides do to a gradient. */

/** Their largest slope: lesson 001 (S1-04), lesson 004 (S4-13). */
const STEEPEST: Readonly<Record<string, number>> = {
  sigmoid: 1 / 4,
  hardsigmoid: 1 / 5,
  tanh: 1,
  softsign: 1,
};

/** Whether the activation flattens on both sides, so that large inputs leave no gradient. */
export function saturates(activation: string): boolean {
  return keyOf(activation) in STEEPEST;
}

/** At most this much of a gradient passes; 1 for activations that do not flatten. */
export function steepestSlope(activation: string): number {
  return STEEPEST[keyOf(activation)] ?? 1;
}

const keyOf = (activation: string) => activation.toLowerCase().replaceAll("_", "");
