/** As much of WebAssembly's binary format as our loops over numbers need: modules of one function that is given a memory. */

const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
const PAIR = 0xfd;

/** Instructions; `f64x2` is a pair of 64-bit floats. */
export const OP = {
  get: (local: number) => [0x20, ...leb(local)],
  set: (local: number) => [0x21, ...leb(local)],
  i32: (value: number) => [0x41, ...leb(value)],
  f64: (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  subtract: [0x6b],
  loop: [0x03, 0x40],
  again: [0x0d, 0],
  end: [0x0b],
  f64x2: {
    splat: [PAIR, 0x14],
    neg: [PAIR, 0xed, 0x01],
    sqrt: [PAIR, 0xef, 0x01],
    add: [PAIR, 0xf0, 0x01],
    sub: [PAIR, 0xf1, 0x01],
    mul: [PAIR, 0xf2, 0x01],
    div: [PAIR, 0xf3, 0x01],
  },
  /** Two 64-bit floats. The address is on the stack, or below the pair. */
  load64: (offset: number) => [PAIR, 0x00, 0, ...leb(offset)],
  store64: (offset: number) => [PAIR, 0x0b, 0, ...leb(offset)],
  /** Two 32-bit floats, as 64-bit ones in between. */
  load32: (offset: number) => [PAIR, 0x5d, 0, ...leb(offset), PAIR, 0x5f],
  store32: (offset: number) => [PAIR, 0x5e, PAIR, 0x5b, 0, ...leb(offset), 0],
};

/** Node.js has it; its types come with a browser's only. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => Memory;
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

export interface Memory {
  buffer: ArrayBuffer;
}

/** 64 KiB, all 0. */
export function newMemory(): Memory {
  return new WebAssembly.Memory({ initial: 1 });
}

/**
 * @param numbers parameters behind the first: an i32, then so many f64
 * @param pairs further locals, each a vector
 * @param code of the function
 * @returns the function, over this memory
 */
export function instantiate(
  memory: Memory,
  numbers: number,
  pairs: number,
  code: number[],
): (first: number, ...rest: number[]) => void {
  const parameters = [I32, ...Array<number>(numbers).fill(F64)];
  const body = [1, ...leb(pairs), V128, ...code, ...OP.end];
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...vector(parameters), 0]),
    ...section(2, [1, ...name("m"), ...name("m"), 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name("f"), 0x00, 0]),
    ...section(10, [1, ...vector(body)]),
  ];
  const module = new WebAssembly.Module(Uint8Array.from(bytes));
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  return exports["f"] as (first: number, ...rest: number[]) => void;
}

function section(id: number, content: number[]): number[] {
  return [id, ...vector(content)];
}

function vector(content: number[]): number[] {
  return [...leb(content.length), ...content];
}

function name(text: string): number[] {
  return vector([...Buffer.from(text)]);
}

/** LEB128 of a number that is not negative, with a spare 0 bit at the top, so that it reads the same signed. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x40) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}
