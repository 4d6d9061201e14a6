/** Hands out the rows of a part of the data, batch by batch. */
import type { Augment } from "../../recipe/data/augment.ts";
import { type Stream, shuffle } from "../random.ts";
import { type Augmenter, augmenter } from "./augment/index.ts";
import { type Part, sizeOf } from "./dataset.ts";
import { drawByLoss, type Emphasis, emphasized } from "./emphasis.ts";

/** A batch; the arrays are used again for the next one. */
export interface Batch {
  rows: number;
  /** `rows × product(shape)`. */
  inputs: Float32Array;
  /** `rows`. */
  targets: Float32Array;
}

export interface BatchSettings {
  /** Rows a batch; the last one of a pass is smaller where they do not divide evenly. */
  size: number | "full";
  /** A new random order for each pass; otherwise always that of the part. Usually true. */
  shuffle?: boolean;
  /** Leaves that smaller batch out. */
  dropRemainder?: boolean;
  /** After the first pass, rows with a high loss come more often, and others may not come at all. */
  emphasis?: Emphasis | undefined;
  augment?: Augment | undefined;
}

/** What a pass needs to be continued, beside the states of its streams. */
export interface BatchesState {
  /** Row of the part at each place of the pass. */
  order: Uint32Array;
  /** Loss of each row when it was seen last; only with emphasis. */
  rowLosses?: Float32Array;
}

/** From here on, copying a row at once beats a loop in spite of the view that has to be made for it. */
const WIDE = 128;

/** Batches in one pass over so many rows. */
export function batchCount(rows: number, size: number | "full", dropRemainder = false): number {
  const batches = size === "full" ? 1 : rows / Math.min(size, rows);
  return dropRemainder ? Math.floor(batches) : Math.ceil(batches);
}

export class Batches {
  readonly #part: Part;
  readonly #width: number;
  readonly #order: Uint32Array;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;
  readonly #size: number;
  readonly #shuffle: boolean;
  readonly #augment: Augmenter | undefined;
  readonly #emphasis: Emphasis | undefined;
  /** NaN where the row was not seen yet. */
  readonly #rowLosses: Float32Array | undefined;

  /** Batches in one pass over the part. */
  readonly count: number;

  /**
   * @param shape of one example
   * @throws {InputError} the augmentation is not for such examples
   */
  constructor(part: Part, shape: readonly number[], settings: BatchSettings) {
    const { size, shuffle = true, dropRemainder = false, emphasis, augment } = settings;
    this.#part = part;
    this.#width = sizeOf(shape);
    this.#size = size === "full" ? part.rows : Math.min(size, part.rows);
    this.#shuffle = shuffle;
    this.#augment = augment && augmenter(augment, shape);
    this.#emphasis = emphasis;
    this.#rowLosses = emphasis && new Float32Array(part.rows).fill(Number.NaN);
    this.#order = Uint32Array.from({ length: part.rows }, (_, i) => i);
    this.#inputs = new Float32Array(this.#size * this.#width);
    this.#targets = new Float32Array(this.#size);
    this.count = batchCount(part.rows, this.#size, dropRemainder);
  }

  /** Starts a new pass, in a new random order unless the rows are to stay as they are. */
  startEpoch(draw: Stream): void {
    const losses = this.#rowLosses;
    if (this.#emphasis && losses?.some((loss) => !Number.isNaN(loss))) {
      drawByLoss(this.#order, losses, this.#emphasis, draw);
    } else if (this.#shuffle) shuffle(this.#order, draw);
  }

  /**
   * @param index from 0 to `count - 1`
   * @param augment draws what is changed; not touched without augmentation
   */
  get(index: number, augment: Stream): Batch {
    const { inputs, targets } = this.#part;
    const width = this.#width;
    const from = index * this.#size;
    const rows = Math.min(this.#size, this.#part.rows - from);
    for (let i = 0; i < rows; i++) {
      const row = this.#order[from + i]!;
      if (width < WIDE) {
        for (let c = 0, to = i * width, at = row * width; c < width; c++) {
          this.#inputs[to++] = inputs[at++]!;
        }
      } else this.#inputs.set(inputs.subarray(row * width, (row + 1) * width), i * width);
      this.#targets[i] = targets[row]!;
    }
    const batch = this.#inputs.subarray(0, rows * width);
    this.#augment?.(batch, augment);
    return { rows, inputs: batch, targets: this.#targets.subarray(0, rows) };
  }

  /**
   * Takes note of how well the rows of a batch are learnt; does nothing without emphasis.
   * @param rowLosses one a row of the batch
   */
  observe(index: number, rowLosses: Float32Array): void {
    const from = index * this.#size;
    for (let i = 0; this.#rowLosses && i < rowLosses.length; i++) {
      this.#rowLosses[this.#order[from + i]!] = rowLosses[i]!;
    }
  }

  /** The rows that this pass takes most often; undefined where it takes each of them once. */
  emphasized(): ReturnType<typeof emphasized> {
    return this.#emphasis && emphasized(this.#order);
  }

  /** A copy. */
  state(): BatchesState {
    return {
      order: this.#order.slice(),
      ...(this.#rowLosses && { rowLosses: this.#rowLosses.slice() }),
    };
  }

  /** Goes back into the pass that the state was taken in. */
  restore({ order, rowLosses }: BatchesState): void {
    this.#order.set(order);
    if (rowLosses) this.#rowLosses?.set(rowLosses);
  }
}
