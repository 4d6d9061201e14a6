/**
 * Random numbers by seed. Every purpose (initial weights of one layer, shuffling, dropout of one layer, …) draws from
 * its own stream, so adding a dropout layer does not change the initial weights or the order of the examples.
 */
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

export interface Stream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform 32-bit integer, signed: the cheapest draw. */
  bits(): number;
  /** Where the stream is; `restore` goes on from there. */
  state(): number[];
  restore(state: readonly number[]): void;
}

/** The stream of a run's `seed` for one purpose; the same two give the same numbers. */
export function stream(seed: number, purpose: string): Stream {
  let generator = xoroshiro128plus(hash(`${seed}/${purpose}`));
  const bits = () => generator.next();
  const uniform = () => (generator.next() >>> 0) / 0x1_0000_0000;
  return {
    bits,
    uniform,
    // Box and Muller 1958; 1 - u keeps the logarithm away from zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    state: () => [...generator.getState()],
    restore: (state) => {
      generator = xoroshiro128plusFromState(state);
    },
  };
}

/** All streams of a run, so that a resumed run draws what the uninterrupted one would have drawn. */
export class Streams {
  readonly #streams = new Map<string, Stream>();

  constructor(readonly seed: number) {}

  of(purpose: string): Stream {
    const made = this.#streams.get(purpose) ?? stream(this.seed, purpose);
    this.#streams.set(purpose, made);
    return made;
  }

  state(): Record<string, number[]> {
    return Object.fromEntries([...this.#streams].map(([purpose, each]) => [purpose, each.state()]));
  }

  restore(states: Record<string, number[]>): void {
    for (const [purpose, state] of Object.entries(states)) this.of(purpose).restore(state);
  }
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

/**
 * So many of the numbers from 0 to `count - 1`: evenly spread, but at a random place within each stretch, for what comes
 * in a regular turn would otherwise be seen in part only. The same for the same two numbers.
 * @returns all of them where there are no more than `most`; rising
 */
export function spread(count: number, most: number): Uint32Array {
  if (count <= most) return Uint32Array.from({ length: count }, (_, i) => i);
  const { uniform } = stream(count, "spread");
  return Uint32Array.from({ length: most }, (_, i) => Math.floor(((i + uniform()) * count) / most));
}

/** FNV-1a, 32 bits: neighbouring seeds become far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value;
}
