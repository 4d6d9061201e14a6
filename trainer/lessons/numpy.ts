/** numpy's legacy random numbers, so that an example of a lesson gets the very numbers that its author got. */
import { mersenne, mersenneFromState } from "pure-rand/generator/mersenne";
import type { Stream } from "../random.ts";

export interface RandomState extends Stream {
  /** `np.random.randn(count)`, rounded to 32 bits. */
  normals(count: number): Float32Array;
}

/**
 * What is drawn after `np.random.seed(seed)` (numpy's `legacy-distributions.c`).
 *
 * `bits` are the first 32 of a `uniform`: numpy's `binomial(1, 0.5)`, by inversion, is 1 where the uniform is above ½, so
 * where they are not negative.
 */
export function randomState(seed: number): RandomState {
  let generator = mersenne(seed);
  /** The polar method makes two normals at a time. */
  let spare: number | null = null;

  /** Of 53 random bits (Matsumoto and Nishimura's genrand_res53). */
  const uniform = () => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  };

  /** By Marsaglia's polar method, the second of each pair first. */
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = factor * x;
      return factor * y;
    }
  };

  return {
    uniform,
    normal,
    bits: () => Math.floor(uniform() * 0x1_0000_0000) - 0x8000_0000,
    normals: (count) => Float32Array.from({ length: count }, normal),
    state: () => [spare ?? Number.NaN, ...generator.getState()],
    restore: ([first, ...state]) => {
      spare = Number.isNaN(first) ? null : first!;
      generator = mersenneFromState(state);
    },
  };
}
