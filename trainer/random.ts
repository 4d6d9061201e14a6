/**
 * Random numbers by seed. Every purpose (initial weights of one layer, shuffling, dropout of one layer, …) draws from
 * its own stream, so adding a dropout layer does not change the initial weights or the order of the examples.
 */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Stream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform 32-bit integer, signed: the cheapest draw. */
  bits(): number;
}

/** The stream of a run's `seed` for one purpose; the same two give the same numbers. */
export function stream(seed: number, purpose: string): Stream {
  const generator = xoroshiro128plus(hash(`${seed}/${purpose}`));
  const bits = () => generator.next();
  const uniform = () => (generator.next() >>> 0) / 0x1_0000_0000;
  return {
    bits,
    uniform,
    // Box and Muller 1958; 1 - u keeps the logarithm away from zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** Puts the numbers into random order, in place (Fisher and Yates). */
export function shuffle(order: Uint32Array, { uniform }: Stream): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const other = order[j]!;
    order[j] = order[i]!;
    order[i] = other;
  }
}

/** FNV-1a, 32 bits: neighbouring seeds become far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value;
}
