/** Stops when the validation loss gets no better, and keeps the weights of the best epoch (Prechelt 1998). */
import type { Recipe } from "../../recipe/schema.ts";
import type { Executor, Snapshot } from "./executor.ts";

/** What it has seen so far. */
export interface Waiting {
  /** Lowest validation loss; infinite before the first. */
  best: number;
  bestEpoch: number | null;
  /** Epochs since then. */
  waited: number;
}

export class EarlyStopping {
  readonly #executor: Pick<Executor, "snapshot" | "restore">;
  readonly #patience: number;
  readonly #minDelta: number;
  readonly #restore: boolean;
  waiting: Waiting = { best: Number.POSITIVE_INFINITY, bestEpoch: null, waited: 0 };
  /** The weights of the best epoch, where they are to be restored. */
  kept: Snapshot | undefined;

  constructor(
    settings: NonNullable<Recipe["earlyStopping"]>,
    executor: Pick<Executor, "snapshot" | "restore">,
  ) {
    this.#executor = executor;
    this.#patience = settings.patience;
    this.#minDelta = settings.minDelta ?? 0;
    this.#restore = settings.restoreBestWeights ?? true;
  }

  /**
   * @param loss of the validation rows after the epoch; NaN is never better
   * @returns whether to stop: `patience` epochs in a row were not better than the best by more than `minDelta`
   */
  async observe(epoch: number, loss: number): Promise<boolean> {
    if (loss < this.waiting.best - this.#minDelta) {
      this.waiting = { best: loss, bestEpoch: epoch, waited: 0 };
      if (this.#restore) this.kept = await this.#executor.snapshot();
      return false;
    }
    this.waiting.waited++;
    return this.enough;
  }

  /** Whether to stop. */
  get enough(): boolean {
    return this.waiting.waited >= this.#patience;
  }

  /**
   * Goes back to the best epoch's weights, bit for bit, where they are to be restored.
   * @returns that epoch, or null where the last weights stay
   */
  restore(): number | null {
    if (!this.kept) return null;
    this.#executor.restore(this.kept);
    return this.waiting.bestEpoch;
  }
}
