/** Where the gradient points: against the step before, and against what clipping makes of it. */
import type { Values } from "../optimizers/update.ts";
import { spread } from "../random.ts";

/** Coordinates that are looked at: the error of a cosine is about 1 / √4096, or 1.6 %. */
const MOST = 4096;

/** What decides the gradient that is followed. */
interface Source {
  /** At which the gradient is taken. */
  weights: Values;
  l1: number;
  l2: number;
}

/** Angles are those between the same up to 4,096 coordinates, which are spread evenly over all parameters. */
export class DirectionProbe {
  /** By parameter: which of its values count. */
  readonly #places: Uint32Array[];
  readonly #now: Float32Array;
  /** The last gradient, weight decay included and before clipping; 0 before the first. */
  readonly last: Float32Array;
  /** Between the last two gradients; undefined where one of them is 0. */
  cosine: number | undefined;
  /** In degrees; undefined where the gradient is 0, or nothing is clipped by value. */
  clipAngle: number | undefined;

  /** @param lengths of the parameters */
  constructor(lengths: number[]) {
    const all = spread(
      lengths.reduce((sum, length) => sum + length, 0),
      MOST,
    );
    let from = 0;
    this.#places = lengths.map((length) => {
      const start = from;
      from += length;
      return all.filter((i) => i >= start && i < from).map((i) => i - start);
    });
    this.#now = new Float32Array(all.length);
    this.last = new Float32Array(all.length);
  }

  /** @param gradients by parameter, of the loss without its penalties on weights; before they are clipped */
  see(gradients: Values[], sources: Source[]): void {
    let from = 0;
    for (const [i, places] of this.#places.entries()) {
      const { weights, l1, l2 } = sources[i]!;
      take(gradients[i]!, places, this.#now, from);
      if (l1 > 0 || l2 > 0) addDecay(weights, places, l1, l2, this.#now, from);
      from += places.length;
    }
    this.cosine = cosineOf(this.#now, this.last);
    this.last.set(this.#now);
  }

  /** @param gradients by parameter, after they were capped by value */
  seeClipped(gradients: Values[]): void {
    let from = 0;
    for (const [i, places] of this.#places.entries()) {
      take(gradients[i]!, places, this.#now, from);
      from += places.length;
    }
    const cosine = cosineOf(this.#now, this.last);
    this.clipAngle =
      cosine === undefined ? undefined : (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
  }
}

// Loops over plain arrays and indices: they run at every step, and iterators would cost a tenth of a small one.

function take(values: Values, places: Uint32Array, to: Float32Array, from: number): void {
  for (let i = 0; i < places.length; i++) to[from + i] = values[places[i]!]!;
}

function addDecay(
  weights: Values,
  places: Uint32Array,
  l1: number,
  l2: number,
  to: Float32Array,
  from: number,
): void {
  for (let i = 0; i < places.length; i++) {
    const weight = weights[places[i]!]!;
    to[from + i]! += l1 * Math.sign(weight) + 2 * l2 * weight;
  }
}

/** NaN where a value is; undefined where one of the two is 0. */
function cosineOf(a: Float32Array, b: Float32Array): number | undefined {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    product += x * y;
    first += x * x;
    second += y * y;
  }
  if (first === 0 || second === 0) return undefined;
  return product / (Math.sqrt(first) * Math.sqrt(second));
}
