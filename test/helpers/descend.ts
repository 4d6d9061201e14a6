import { type Rule, Squares } from "../../trainer/optimizers/update.ts";

/**
 * Follows a rule from `start` in 64 bits, without a network.
 * @param gradient at the weights that the rule shows
 * @param learningRates one an update
 * @returns the real weights after each update
 */
export function descend(
  rule: Rule,
  start: number[],
  gradient: (x: number[]) => number[],
  learningRates: number[],
): number[][] {
  const weights = Float64Array.from(start);
  const memory = rule.remember(weights);
  return learningRates.map((learningRate, i) => {
    const g = Float64Array.from(gradient([...memory.shown]));
    rule.apply(weights, g, memory, { learningRate, step: i + 1, scale: 1 }, new Squares());
    return [...weights];
  });
}

/** x², which the lessons go down. */
export const parabola = ([x]: number[]): number[] => [2 * x!];

/** ½(x² + 25y²). */
export const ravine = ([x, y]: number[]): number[] => [x!, 25 * y!];
export const ravineLoss = ([x, y]: number[]): number => 0.5 * (x! ** 2 + 25 * y! ** 2);
