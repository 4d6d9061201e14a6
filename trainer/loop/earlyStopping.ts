/** Stops when the validation loss gets no better, and keeps the weights of the best epoch (Prechelt 1998). */
import type { Recipe } from "../../recipe/schema.ts";
import type { Network, Snapshot } from "../model/network.ts";

export class EarlyStopping {
  readonly #network: Network;
  readonly #patience: number;
  readonly #minDelta: number;
  readonly #restore: boolean;
  #best = Number.POSITIVE_INFINITY;
  #bestEpoch: number | null = null;
  #kept: Snapshot | undefined;
  #waited = 0;

  constructor(settings: NonNullable<Recipe["earlyStopping"]>, network: Network) {
    this.#network = network;
    this.#patience = settings.patience;
    this.#minDelta = settings.minDelta ?? 0;
    this.#restore = settings.restoreBestWeights ?? true;
  }

  /**
   * @param loss of the validation rows after the epoch; NaN is never better
   * @returns whether to stop: `patience` epochs in a row were not better than the best by more than `minDelta`
   */
  observe(epoch: number, loss: number): boolean {
    if (loss < this.#best - this.#minDelta) {
      this.#best = loss;
      this.#bestEpoch = epoch;
      this.#waited = 0;
      if (this.#restore) this.#kept = this.#network.snapshot();
      return false;
    }
    this.#waited++;
    return this.#waited >= this.#patience;
  }

  /**
   * Goes back to the best epoch's weights, bit for bit, where they are to be restored.
   * @returns that epoch, or null where the last weights stay
   */
  restore(): number | null {
    if (!this.#kept) return null;
    this.#network.restore(this.#kept);
    return this.#bestEpoch;
  }
}
