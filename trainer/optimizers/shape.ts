/** What happens to a gradient before it is followed: weight decay and clipping. */
import type { Squares, Values } from "./update.ts";

/**
 * In place: g ← g + l1·sign(w) + 2·l2·w (the loss has l1 · Σ|w| + l2 · Σw²), then every element capped to ±`clipValue`.
 * Sets the sums `gradient` (before the cap) and `clipped` (after it). NaN stays.
 * @param weights at which the gradient was taken
 */
export function shape(
  gradient: Values,
  weights: Values,
  { l1, l2 }: { l1: number; l2: number },
  clipValue: number,
  squares: Squares,
): void {
  const decays = l1 > 0 || l2 > 0;
  let before = 0;
  let after = 0;
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i]!;
    const w = weights[i]!;
    const raw = decays ? g + l1 * Math.sign(w) + 2 * l2 * w : g;
    const x = Math.min(Math.max(raw, -clipValue), clipValue);
    before += raw * raw;
    after += x * x;
    gradient[i] = x;
  }
  squares.gradient = before;
  squares.clipped = after;
}

/**
 * Clipping by global norm (Pascanu, Mikolov and Bengio 2013): the factor that brings the norm down to `clipNorm`;
 * exactly 1 up to there, and NaN where the norm is NaN.
 */
export function clipScale(norm: number, clipNorm: number): number {
  return norm <= clipNorm ? 1 : clipNorm / norm;
}
