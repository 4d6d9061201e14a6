/** Hands out the rows of a part of the data, batch by batch. */
import { type Stream, shuffle } from "../random.ts";
import type { Part } from "./dataset.ts";

/** A batch; the arrays are used again for the next one. */
export interface Batch {
  rows: number;
  /** `rows × features`. */
  inputs: Float32Array;
  /** `rows`. */
  targets: Float32Array;
}

/** From here on, copying a row at once beats a loop in spite of the view that has to be made for it. */
const WIDE = 128;

export class Batches {
  readonly #part: Part;
  readonly #width: number;
  readonly #order: Uint32Array;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;
  readonly #size: number;

  /** @param size rows a batch; the last one of a pass is smaller where they do not divide evenly */
  constructor(part: Part, width: number, size: number) {
    this.#part = part;
    this.#width = width;
    this.#size = Math.min(size, part.rows);
    this.#order = Uint32Array.from({ length: part.rows }, (_, i) => i);
    this.#inputs = new Float32Array(this.#size * width);
    this.#targets = new Float32Array(this.#size);
  }

  /** Batches in one pass over the part. */
  get count(): number {
    return Math.ceil(this.#part.rows / this.#size);
  }

  /** Starts a new pass, in a new random order. */
  shuffle(stream: Stream): void {
    shuffle(this.#order, stream);
  }

  /** @param index from 0 to `count - 1` */
  get(index: number): Batch {
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
    return {
      rows,
      inputs: this.#inputs.subarray(0, rows * width),
      targets: this.#targets.subarray(0, rows),
    };
  }
}
