/** Rows that occur more than once. */
import type { DataEvent } from "../../../telemetry/events.ts";
import type { Rows } from "./rows.ts";

/**
 * Counts rows whose inputs, bit for bit, occurred before: of training in training, of the other parts in training.
 * All rows are looked at.
 */
export function repeatedRows(
  train: Rows,
  validation: Rows | null,
  test: Rows | null,
): NonNullable<DataEvent["repeated"]> {
  const known = new KnownRows(train);
  return {
    train: known.fill(),
    validation: validation ? known.count(validation) : 0,
    test: test ? known.count(test) : 0,
  };
}

/** A hash table of rows with open addressing: a `Map` takes ten times as long for a million rows. */
class KnownRows {
  readonly #rows: number;
  readonly #width: number;
  readonly #bits: Int32Array;
  readonly #mask: number;
  /** Row of the part behind each place, −1 for none. */
  readonly #table: Int32Array;
  /** By row. */
  readonly #hashes: Int32Array;

  constructor({ rows, inputs }: Rows) {
    this.#rows = rows;
    this.#width = inputs.length / rows;
    this.#bits = bitsOf(inputs);
    const places = 2 ** Math.ceil(Math.log2(2 * rows + 1));
    this.#mask = places - 1;
    this.#table = new Int32Array(places).fill(-1);
    this.#hashes = new Int32Array(rows);
  }

  /** @returns how many were there before */
  fill(): number {
    let before = 0;
    for (let row = 0; row < this.#rows; row++) {
      const hash = hashOf(this.#bits, row * this.#width, this.#width);
      const place = this.#find(this.#bits, row * this.#width, hash);
      if (this.#table[place]! >= 0) before++;
      else {
        this.#table[place] = row;
        this.#hashes[row] = hash;
      }
    }
    return before;
  }

  count({ rows, inputs }: Rows): number {
    const bits = bitsOf(inputs);
    let before = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * this.#width;
      if (this.#table[this.#find(bits, at, hashOf(bits, at, this.#width))]! >= 0) before++;
    }
    return before;
  }

  /** @returns the place of the equal row, or the free one where it would be */
  #find(bits: Int32Array, at: number, hash: number): number {
    let place = hash & this.#mask;
    for (let row = this.#table[place]!; row >= 0; row = this.#table[place]!) {
      if (this.#hashes[row] === hash && this.#equals(row, bits, at)) break;
      place = (place + 1) & this.#mask;
    }
    return place;
  }

  #equals(row: number, bits: Int32Array, at: number): boolean {
    const from = row * this.#width;
    for (let c = 0; c < this.#width; c++) {
      if (this.#bits[from + c] !== bits[at + c]) return false;
    }
    return true;
  }
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

const PRIME = 0x01000193;

/** As FNV-1a, but by words and in four lanes that do not wait for one another, and mixed at the end (Murmur3's last step). */
function hashOf(bits: Int32Array, from: number, width: number): number {
  let a = 1;
  let b = 2;
  let c = 3;
  let d = 4;
  const end = from + width;
  let at = from;
  for (; at + 3 < end; at += 4) {
    a = Math.imul(a ^ bits[at]!, PRIME);
    b = Math.imul(b ^ bits[at + 1]!, PRIME);
    c = Math.imul(c ^ bits[at + 2]!, PRIME);
    d = Math.imul(d ^ bits[at + 3]!, PRIME);
    // The product carries nothing downwards, and numbers like 0.5 differ in their upper bits only.
    a ^= a >>> 15;
    b ^= b >>> 15;
    c ^= c >>> 15;
    d ^= d >>> 15;
  }
  for (; at < end; at++) {
    a = Math.imul(a ^ bits[at]!, PRIME);
    a ^= a >>> 15;
  }
  let hash = Math.imul(a, 5) ^ Math.imul(b, 7) ^ Math.imul(c, 11) ^ Math.imul(d, 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
