/** Follows an update rule down a function, as the training loop does on a network. */
import { type Rule, Squares } from "../optimizers/update.ts";

export interface Descent {
  rule: Rule;
  /** Learning rate of each update. */
  rates: readonly number[];
  start: readonly number[];
  /** Of the function at the given place. */
  gradient(x: ArrayLike<number>): number[];
}

/** @returns the start, and the place after each update, in 64 bits */
export function descend({ rule, rates, start, gradient }: Descent): number[][] {
  const weights = Float64Array.from(start);
  const memory = rule.remember(weights);
  const path = [[...weights]];
  for (const [i, learningRate] of rates.entries()) {
    const g = Float64Array.from(gradient(memory.shown));
    rule.apply(weights, g, memory, { learningRate, step: i + 1, scale: 1 }, new Squares());
    path.push([...weights]);
  }
  return path;
}

/** Gradient of x². */
export function parabola(x: ArrayLike<number>): number[] {
  return [2 * x[0]!];
}

/** Gradient of ½(x² + 25y²), a ravine. */
export function ravine(x: ArrayLike<number>): number[] {
  return [x[0]!, 25 * x[1]!];
}

export function ravineLoss([x, y]: readonly number[]): number {
  return 0.5 * (x! ** 2 + 25 * y! ** 2);
}
