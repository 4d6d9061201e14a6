/**
 * Cuts a TFRecord stream into its records, whatever the pieces that it arrives in: length (8 bytes), checksum of the
 * length (4), data, checksum of the data (4), all little-endian.
 */
import { maskedCrc32c } from "./crc32c.ts";

const HEADER = 12;
const FOOTER = 4;
/** A summary of scalars has some hundred bytes, one with pictures some megabytes. */
const LARGEST = 256 * 2 ** 20;

export class TfRecords {
  readonly #take: (record: Uint8Array) => void;
  /** Pieces of a record that has not arrived whole. */
  #parts: Uint8Array[] = [];
  #waiting = 0;
  /** Bytes that must be there before it is worth looking again. */
  #needed = HEADER;
  #lost = false;
  /** Records whose checksum is wrong; after a wrong length nothing can be found any more, and that counts as one. */
  damaged = 0;

  /** @param take gets a view of each record's data, valid during the call only */
  constructor(take: (record: Uint8Array) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    if (this.#lost) return;
    this.#parts.push(bytes);
    this.#waiting += bytes.length;
    if (this.#waiting < this.#needed) return;
    const all = joined(this.#parts, this.#waiting);
    const read = this.#readWhole(all);
    this.#waiting = all.length - read;
    // A copy: the caller may use its buffer again.
    this.#parts = this.#lost || this.#waiting === 0 ? [] : [all.slice(read)];
  }

  /** @returns the bytes that were whole records */
  #readWhole(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    for (;;) {
      this.#needed = HEADER;
      if (bytes.length - at < HEADER) return at;
      const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
      const intact = maskedCrc32c(bytes.subarray(at, at + 8)) === view.getUint32(at + 8, true);
      if (!intact || length > LARGEST) {
        this.#lost = true;
        this.damaged++;
        return at;
      }
      this.#needed = HEADER + length + FOOTER;
      if (bytes.length - at < this.#needed) return at;
      const data = bytes.subarray(at + HEADER, at + HEADER + length);
      at += this.#needed;
      if (maskedCrc32c(data) === view.getUint32(at - FOOTER, true)) this.#take(data);
      else this.damaged++;
    }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
