/** Sum and sum of squares of many values: WebAssembly, which adds up two at once and four without waiting. */
import { instantiate, newMemory, OP } from "../assembler.ts";

/** At once: what the processor's nearest cache holds. */
const BLOCK_BYTES = 16384;
/** Where the values begin; before them lie the sums. */
const VALUES = 64;
const PAIR = OP.f64x2;

export interface Moments {
  sum: number;
  squares: number;
}

const memory = newMemory();
const block = new Float32Array(memory.buffer, VALUES, BLOCK_BYTES / 4);
const halves = new Float64Array(memory.buffer, 0, 8);
const addUp = instantiate(memory, 0, 6, code());

/** In 64 bits. */
export function momentsOf(values: Float32Array): Moments {
  const moments = { sum: 0, squares: 0 };
  for (let from = 0; from < values.length; from += block.length) {
    const part =
      values.length <= block.length ? values : values.subarray(from, from + block.length);
    block.set(part);
    // Four at once.
    const length = Math.ceil(part.length / 4) * 4;
    block.fill(0, part.length, length);
    addUp(4 * length);
    moments.sum += halves[0]! + halves[1]! + halves[2]! + halves[3]!;
    moments.squares += halves[4]! + halves[5]! + halves[6]! + halves[7]!;
  }
  return moments;
}

/** The first parameter is how many bytes of the block are left. */
function code(): number[] {
  const [left, sums, squares, values] = [0, [1, 2], [3, 4], [5, 6]];
  return [
    ...OP.loop,
    ...[...OP.get(left), ...OP.i32(16), ...OP.subtract, ...OP.set(left)],
    ...[0, 1].flatMap((i) => [
      ...[...OP.get(left), ...OP.load32(VALUES + 8 * i), ...OP.set(values[i]!)],
      ...[...OP.get(sums[i]!), ...OP.get(values[i]!), ...PAIR.add, ...OP.set(sums[i]!)],
      ...[...OP.get(values[i]!), ...OP.get(values[i]!), ...PAIR.mul],
      ...[...OP.get(squares[i]!), ...PAIR.add, ...OP.set(squares[i]!)],
    ]),
    ...[...OP.get(left), ...OP.again, ...OP.end],
    ...[...sums, ...squares].flatMap((local, i) => [
      ...[...OP.i32(0), ...OP.get(local), ...OP.store64(16 * i)],
    ]),
  ];
}
