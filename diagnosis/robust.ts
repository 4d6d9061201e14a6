/** Statistics that one wild value cannot move. */

/** Median; NaN counts as larger than any number. Does not change its argument; 0 for an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The same of a few values, which it sorts: by insertion, for windows of layers are judged by the thousand. */
export function medianInPlace(values: Float64Array): number {
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    let j = i;
    // NaN belongs at the end: everything else moves before it.
    while (j > 0 && !((values[j - 1] as number) <= value) && !Number.isNaN(value)) {
      values[j] = values[j - 1] as number;
      j--;
    }
    values[j] = value;
  }
  const middle = values.length >> 1;
  const upper = values[middle] as number;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] as number) + upper) / 2;
}

/**
 * Standard deviation of the noise of a series, from the differences of its neighbours: for normal noise 1.4826 / √2
 * times their median, which a trend or a single jump does not move.
 * @param jumps absolute differences; 0 for an empty list
 */
export function noiseOf(jumps: readonly number[]): number {
  return (1.4826 / Math.SQRT2) * median(jumps);
}

/** The last few values, oldest first. */
export class Window {
  readonly values: number[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  get full(): boolean {
    return this.values.length === this.#size;
  }

  get first(): number {
    return this.values[0] as number;
  }

  get last(): number {
    return this.values[this.values.length - 1] as number;
  }

  push(value: number): void {
    if (this.full) this.values.shift();
    this.values.push(value);
  }
}

const BINS_PER_E = 10;
const LOWEST_LOG = -60;
const BINS = 2 * -LOWEST_LOG * BINS_PER_E;

/**
 * Median of any number of positive values in constant room and time, exact to 5 %: a histogram over their
 * logarithm, and a pointer to the bin that holds the middle.
 */
export class LogMedian {
  readonly #bins = new Uint32Array(BINS);
  #middle = 0;
  /** Values in the bins before the middle one. */
  #before = 0;
  count = 0;

  push(value: number): void {
    if (!(value > 0) || value === Number.POSITIVE_INFINITY) return;
    const position = Math.floor((Math.log(value) - LOWEST_LOG) * BINS_PER_E);
    const bin = Math.min(BINS - 1, Math.max(0, position));
    this.#bins[bin] = this.#at(bin) + 1;
    this.count++;
    if (bin < this.#middle) this.#before++;
    while (2 * this.#before > this.count) this.#before -= this.#at(--this.#middle);
    while (2 * (this.#before + this.#at(this.#middle)) < this.count) {
      this.#before += this.#at(this.#middle++);
    }
  }

  /** NaN while empty. */
  get value(): number {
    if (this.count === 0) return Number.NaN;
    return Math.exp((this.#middle + 0.5) / BINS_PER_E + LOWEST_LOG);
  }

  #at(bin: number): number {
    return this.#bins[bin] as number;
  }
}
