/** The protocol buffers' wire format: the fields of one message, one after another. */

/** https://protobuf.dev/programming-guides/encoding: how the value behind a tag is stored. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Every method throws a `RangeError` where the message ends too early or is none. */
export class Message {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #wire = 0;
  /** Number of the field that `next` came to. */
  field = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes to the next field, whose value one of the methods below must take; false at the end. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    return true;
  }

  /** A signed integer, exact up to 2⁵³. */
  integer(): number {
    this.#expect(VARINT);
    return this.#varint();
  }

  double(): number {
    this.#expect(FIXED64);
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  float(): number {
    this.#expect(FIXED32);
    this.#at += 4;
    return this.#view.getFloat32(this.#at - 4, true);
  }

  /** A view, no copy. */
  bytes(): Uint8Array {
    this.#expect(BYTES);
    const length = this.#varint();
    const end = this.#at + length;
    if (!(length >= 0 && end <= this.#bytes.length)) throw new RangeError("a field is cut off");
    const value = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return value;
  }

  message(): Message {
    return new Message(this.bytes());
  }

  text(): string {
    return utf8(this.bytes());
  }

  /** The first of a repeated number, packed or not. */
  first(kind: "float" | "double" | "integer"): number {
    if (this.#wire !== BYTES) return this[kind]();
    const packed = this.message();
    packed.#wire = kind === "float" ? FIXED32 : kind === "double" ? FIXED64 : VARINT;
    return packed[kind]();
  }

  skip(): void {
    if (this.#wire === VARINT) this.#varint();
    else if (this.#wire === FIXED64) this.double();
    else if (this.#wire === FIXED32) this.float();
    else this.bytes();
  }

  #expect(wire: number): void {
    if (this.#wire !== wire) throw new RangeError(`field ${this.field} is of another type`);
  }

  /** Seven bits a byte, the lowest first; negative numbers take all ten bytes, as two's complement. */
  #varint(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#view.getUint8(this.#at++);
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) return high * 2 ** 32 + (low >>> 0);
    }
    throw new RangeError("a number has more than ten bytes");
  }
}

/** This folder compiles without Node.js and without the DOM: there is no `TextDecoder`. */
function utf8(bytes: Uint8Array): string {
  let plain = "";
  for (const byte of bytes) {
    if (byte >= 0x80) return unescaped(bytes);
    plain += String.fromCharCode(byte);
  }
  return plain;
}

function unescaped(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`);
  try {
    return decodeURIComponent(escaped.join(""));
  } catch {
    throw new RangeError("a text is not UTF-8");
  }
}
