/**
 * The training loss so far in a bounded number of blocks. Means, for the loss of a batch of one example is mostly small
 * and sometimes huge; what is read off the curve are medians of several blocks, so that no single step moves it.
 */
import { median } from "../robust.ts";

/** Enough for the shape of a curve; at this number neighbours are merged, and blocks become twice as long. */
const MOST_BLOCKS = 128;

/** Some successive steps, or epochs where only those are known. */
export interface Block {
  firstStep: number;
  lastStep: number;
  /** Mean; infinite where one of them was not finite. */
  loss: number;
}

export class LossTrend {
  readonly blocks: Block[] = [];
  #length = 1;
  #count = 0;
  #sum = 0;
  #firstStep = 0;

  push(step: number, loss: number): void {
    if (this.#count === 0) this.#firstStep = step;
    this.#count++;
    this.#sum += Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY;
    if (this.#count < this.#length) return;
    this.blocks.push({
      firstStep: this.#firstStep,
      lastStep: step,
      loss: this.#sum / this.#count,
    });
    this.#count = 0;
    this.#sum = 0;
    if (this.blocks.length === MOST_BLOCKS) this.#merge();
  }

  /** Median loss of the last `share` of the steps so far, at least three blocks; NaN before the first. */
  recent(share = 0.05): number {
    const count = Math.max(3, Math.round(share * this.blocks.length));
    if (this.blocks.length === 0) return Number.NaN;
    return median(this.blocks.slice(-count).map(({ loss }) => loss));
  }

  #merge(): void {
    const old = this.blocks.splice(0);
    for (let i = 0; i < old.length; i += 2) {
      const [a, b] = [old[i] as Block, old[i + 1] as Block];
      this.blocks.push({
        firstStep: a.firstStep,
        lastStep: b.lastStep,
        loss: (a.loss + b.loss) / 2,
      });
    }
    this.#length *= 2;
  }
}
