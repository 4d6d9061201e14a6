/** The training loss so far in a bounded number of blocks: medians, so that no single step moves the curve. */
import { median } from "../robust.ts";

/** Enough for the shape of a curve; at this number neighbours are merged, and blocks become twice as long. */
const MOST_BLOCKS = 128;

/** Some successive steps, or epochs where only those are known. */
export interface Block {
  firstStep: number;
  lastStep: number;
  /** Median. */
  loss: number;
  /** Mean absolute difference from one step to the next. */
  jump: number;
}

export class LossTrend {
  readonly blocks: Block[] = [];
  #length = 1;
  #losses: number[] = [];
  #firstStep = 0;
  #previous = Number.NaN;
  #jumps = 0;

  /** @param loss NaN and infinities count as larger than any number */
  push(step: number, loss: number): void {
    if (this.#losses.length === 0) this.#firstStep = step;
    this.#losses.push(loss);
    const jump = Math.abs(loss - this.#previous);
    if (Number.isFinite(jump)) this.#jumps += jump;
    this.#previous = loss;
    if (this.#losses.length < this.#length) return;
    this.blocks.push({
      firstStep: this.#firstStep,
      lastStep: step,
      loss: median(this.#losses),
      jump: this.#jumps / this.#losses.length,
    });
    this.#losses = [];
    this.#jumps = 0;
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
        jump: (a.jump + b.jump) / 2,
      });
    }
    this.#length *= 2;
  }
}
