/** Tells when training has left the finite numbers for good. */
import type { Squares } from "../optimizers/update.ts";

/** A single overflow may pass; this many in a row do not. */
const STEPS = 3;

export class DivergenceWatch {
  #bad = 0;
  #since = 0;
  #loss = Number.NaN;

  /**
   * @param squares of the step; weights are those before its update
   * @returns the sentence for the user, or null while there is hope
   */
  check(step: number, loss: number, squares: Squares[]): string | null {
    const broken = squares.some(({ weights }) => !Number.isFinite(weights));
    if (Number.isFinite(loss) && !broken) {
      this.#bad = 0;
      return null;
    }
    if (this.#bad === 0) {
      this.#since = step;
      this.#loss = loss;
    }
    this.#bad++;
    return broken || this.#bad >= STEPS ? divergedSentence(this.#loss, this.#since) : null;
  }
}

export function divergedSentence(loss: number, step: number): string {
  const what = Number.isNaN(loss)
    ? "The loss became NaN"
    : Number.isFinite(loss)
      ? "A weight became infinite"
      : "The loss became infinite";
  return `${what} at step ${step}: the weights are lost, and more steps cannot bring them back.`;
}
