/**
 * A curve that grows: every point is kept, and a min/max envelope at every scale makes any stretch
 * of it drawable with two points a pixel without losing a spike. O(1) amortised a point.
 */

/** Points a block of one level holds of the level below. */
const FANOUT = 8;

/** A stretch of a series, ready to draw: at most two points a pixel, oldest first. */
export interface Stretch {
  x: Float64Array;
  y: Float64Array;
  /** The points in the stretch that are NaN or infinite, as marks: they are not in `y`. */
  marksX: Float64Array;
  marksY: Float64Array;
}

/** A `Float64Array` that doubles its room when full. */
class Log {
  length = 0;
  #room = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.#room.length) {
      const larger = new Float64Array(this.#room.length * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.length++] = value;
  }

  /** Undefined behaviour outside 0..length-1: the callers below stay inside. */
  at(index: number): number {
    return this.#room[index] as number;
  }

  set(index: number, value: number): void {
    this.#room[index] = value;
  }
}

/** One level of the envelope: for each whole block, the index of its smallest and of its largest finite point; -1 for none. */
interface Level {
  size: number;
  lowest: Log;
  highest: Log;
}

export class Series {
  readonly #x = new Log();
  readonly #y = new Log();
  readonly #levels: Level[] = [];
  /** Indices of the points that are not finite. */
  readonly #marks = new Log();

  get length(): number {
    return this.#x.length;
  }

  /** Appends a point; `x` never falls. */
  push(x: number, y: number): void {
    if (!Number.isFinite(y)) this.#marks.push(this.length);
    this.#x.push(x);
    this.#y.push(y);
    // Only when a block is whole does its level change: one point in eight touches the first, one in 64 the second.
    let size = FANOUT;
    for (let depth = 0; this.length % size === 0; depth++, size *= FANOUT) {
      this.#completeBlock(depth, size);
    }
  }

  /** The last point, or undefined while the series is empty. */
  last(): { x: number; y: number } | undefined {
    const index = this.length - 1;
    return index < 0 ? undefined : { x: this.#x.at(index), y: this.#y.at(index) };
  }

  /**
   * The points with `from <= x <= to` for a plot of that many pixels: all of them where they fit in two a
   * pixel, else the smallest and largest of each block, at their own places. One neighbour each side
   * is included so that lines reach the edges.
   */
  stretch(from: number, to: number, pixels: number): Stretch {
    const first = Math.max(0, this.#firstFrom(from) - 1);
    const end = Math.min(this.length, this.#firstAfter(to) + 1);
    const budget = Math.max(2, Math.floor(pixels));
    const chosen: number[] = [];
    if (end - first <= 2 * budget) {
      for (let i = first; i < end; i++) if (Number.isFinite(this.#y.at(i))) chosen.push(i);
    } else {
      this.#choose(first, end, budget, chosen);
    }
    const marks: number[] = [];
    const endMark = this.#firstAfter(to, this.#marks);
    const firstMark = this.#firstFrom(from, this.#marks);
    // More marks than pixels would only overprint each other.
    const stride = Math.max(1, Math.ceil((endMark - firstMark) / budget));
    for (let m = firstMark; m < endMark; m += stride) marks.push(this.#marks.at(m));
    return {
      x: Float64Array.from(chosen, (i) => this.#x.at(i)),
      y: Float64Array.from(chosen, (i) => this.#y.at(i)),
      marksX: Float64Array.from(marks, (i) => this.#x.at(i)),
      marksY: Float64Array.from(marks, (i) => this.#y.at(i)),
    };
  }

  /** Walks `budget` buckets over the points, taking whole blocks of the coarsest level that fits inside each. */
  #choose(first: number, end: number, budget: number, chosen: number[]): void {
    const width = (end - first) / budget;
    for (let bucket = 0; bucket < budget; bucket++) {
      const stop = Math.round(first + (bucket + 1) * width);
      let at = Math.round(first + bucket * width);
      let low = -1;
      let high = -1;
      const take = (candidate: number) => {
        if (candidate < 0) return;
        const y = this.#y.at(candidate);
        if (low < 0 || y < this.#y.at(low)) low = candidate;
        if (high < 0 || y > this.#y.at(high)) high = candidate;
      };
      while (at < stop) {
        const level = this.#coarsest(at, stop);
        if (level) {
          take(level.lowest.at(at / level.size));
          take(level.highest.at(at / level.size));
          at += level.size;
        } else {
          if (Number.isFinite(this.#y.at(at))) take(at);
          at++;
        }
      }
      if (low < 0) continue;
      chosen.push(Math.min(low, high));
      if (low !== high) chosen.push(Math.max(low, high));
    }
  }

  #coarsest(at: number, stop: number): Level | undefined {
    for (let depth = this.#levels.length - 1; depth >= 0; depth--) {
      const level = this.#levels[depth] as Level;
      if (at % level.size === 0 && at + level.size <= stop) return level;
    }
    return undefined;
  }

  /** Adds the block that ends with the last point to a level, from the blocks or points below. */
  #completeBlock(depth: number, size: number): void {
    this.#levels[depth] ??= { size, lowest: new Log(), highest: new Log() };
    const level = this.#levels[depth];
    const below = this.#levels[depth - 1];
    let low = -1;
    let high = -1;
    const first = below ? below.lowest.length - FANOUT : this.length - FANOUT;
    for (let i = first; i < first + FANOUT; i++) {
      const lowest = below ? below.lowest.at(i) : this.#finite(i);
      const highest = below ? below.highest.at(i) : lowest;
      if (lowest < 0) continue;
      if (low < 0 || this.#y.at(lowest) < this.#y.at(low)) low = lowest;
      if (high < 0 || this.#y.at(highest) > this.#y.at(high)) high = highest;
    }
    level.lowest.push(low);
    level.highest.push(high);
  }

  /** The index itself if its point is finite, else -1. */
  #finite(index: number): number {
    return Number.isFinite(this.#y.at(index)) ? index : -1;
  }

  /** First position whose x is at least the bound: in the points, or in a list of point indices. */
  #firstFrom(bound: number, indices?: Log): number {
    return this.#search((x) => x >= bound, indices);
  }

  /** First position whose x is above the bound. */
  #firstAfter(bound: number, indices?: Log): number {
    return this.#search((x) => x > bound, indices);
  }

  #search(reached: (x: number) => boolean, indices?: Log): number {
    let low = 0;
    let high = indices ? indices.length : this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(this.#x.at(indices ? indices.at(middle) : middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
