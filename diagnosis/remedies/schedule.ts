/** Lengths of learning-rate schedules that fit a run. */

/** Lesson 001 (S1-30): 5 to 10 % of the epochs; whole ones where there are enough. */
export function warmupEpochs(epochs: number): number {
  return epochs < 10 ? epochs / 10 : Math.floor(epochs / 10);
}

/** Lesson 000 (S0-10): three steps down in 100 epochs, so a third of the run between two. */
export function epochsBetweenSteps(epochs: number): number {
  return Math.max(1, Math.ceil(epochs / 3));
}

/** Factor an epoch that leaves 1 % of the rate at the end; lesson 000's 0.95 does so in 90 epochs (S0-11). */
export function decayPerEpoch(epochs: number): number {
  return Number(Math.min(0.99, 0.01 ** (1 / epochs)).toFixed(3));
}
