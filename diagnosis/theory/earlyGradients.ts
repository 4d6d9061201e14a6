/** Whether gradients grew under the first updates and never again: what a warm-up is for. */
import type { StepEvent } from "../../telemetry/events.ts";

/** Share of the training that counts as its beginning (lesson 001, S1-29). */
const EARLY = 0.05;

export class Gradients {
  #first = Number.NaN;
  #largest = 0;
  #largestAt = 0;
  #steps = 0;

  push({ step, gradientNorm }: StepEvent): void {
    this.#steps = step;
    if (Number.isNaN(this.#first)) this.#first = gradientNorm;
    if (gradientNorm > this.#largest) {
      this.#largest = gradientNorm;
      this.#largestAt = step;
    }
  }

  /**
   * The largest norm of all over that before the first update, where it falls into the first 5 % of the steps; else 0.
   * Not over what comes later: gradients shrink by themselves as a network learns.
   */
  get earlyExcess(): number {
    return this.#largestAt <= EARLY * this.#steps ? this.#largest / this.#first : 0;
  }
}
