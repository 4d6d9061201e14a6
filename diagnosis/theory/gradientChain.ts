/**
 * How a gradient shrinks on its way back to the first layers: every activation multiplies it with its slope, which is
 * 1/4 at best for a sigmoid, 1e-6 after ten (lesson 001, S1-04; Hochreiter 1991; Bengio et al. 1994).
 */
import type { History } from "../history.ts";
import { saturates, steepestSlope } from "./activations.ts";
import { type HiddenLayer, hiddenStretches } from "./stretches.ts";

export interface Chain {
  /** Successive layers whose activation flattens, without normalisation or skip between them. */
  layers: HiddenLayer[];
  /** Product of their largest slopes: at best this much of the gradient passes. */
  atBest: number;
}

/** The longest one; empty where no activation flattens. */
export function flatteningChain(history: History): Chain {
  let longest: HiddenLayer[] = [];
  for (const stretch of hiddenStretches(history)) {
    let chain: HiddenLayer[] = [];
    for (const hidden of stretch) {
      chain = saturates(hidden.activation) ? [...chain, hidden] : [];
      if (chain.length > longest.length) longest = chain;
    }
  }
  const atBest = longest.reduce(
    (product, { activation }) => product * steepestSlope(activation),
    1,
  );
  return { layers: longest, atBest };
}

export interface GradientFall {
  index: number;
  /** Gradient norm there over the largest of all layers. */
  ratio: number;
  norm: number;
}

/**
 * The layer with the smallest gradient, against the largest of all. Exactly zero has other reasons than many factors
 * and does not count, nor do layers that are kept as they are.
 */
export function gradientFall(
  norms: ArrayLike<number | null>,
  history: History,
): GradientFall | undefined {
  let smallest: { index: number; norm: number } | undefined;
  let largest = 0;
  history.layers.forEach(({ fanIn, trainable }, index) => {
    const norm = norms[index] ?? 0;
    if (!fanIn || trainable === false || !(norm > 0)) return;
    largest = Math.max(largest, norm);
    if (!smallest || norm < smallest.norm) smallest = { index, norm };
  });
  return smallest && { ...smallest, ratio: smallest.norm / largest };
}
