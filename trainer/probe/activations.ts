/** Statistics of what the layers put out, taken from their memory inside the forward pass. */
import type { ActivationName } from "../../recipe/names.ts";
import { momentsOf } from "./moments.ts";

/** What is asked of a layer's output. */
export interface Watched {
  /** Of one example that goes out; the last length is that of units or channels. */
  shape: number[];
  activation: ActivationName | null;
  /** Whether mean and deviation say something. */
  measured: boolean;
}

/** Of one layer's output on a batch. */
export interface ActivationFigures {
  mean: number | null;
  std: number | null;
  /** Share of units that were 0 on every example of the batch; null unless relu. */
  silent: number | null;
  /** Share of outputs within 0.01 of an asymptote; null unless sigmoid or tanh. */
  saturated: number | null;
}

/** An output counts as saturated this close to an asymptote. */
export const NEAR = 0.01;

/** Figures of one layer: of the last batch, and which units were ever active in the epoch. */
export class ActivationProbe implements ActivationFigures {
  readonly #units: number;
  readonly #measured: boolean;
  readonly #silences: boolean;
  /** Outputs from `#high` up and from `#low` down are saturated; null for activations without asymptotes. */
  readonly #saturates: { low: number; high: number } | null;
  /** Units that the batch has not shown active so far, at the front. */
  readonly #pending: Int32Array;
  /** Per unit: 0 where it was 0 on every example since the epoch began, else 1. */
  readonly epoch: Int32Array;
  mean: number | null = null;
  std: number | null = null;
  silent: number | null = null;
  saturated: number | null = null;

  constructor({ shape, activation, measured }: Watched) {
    const units = shape.at(-1) ?? 1;
    this.#units = units;
    this.#measured = measured;
    // Leaky relatives never put out exactly 0.
    this.#silences = activation === "relu";
    this.#saturates =
      activation === "sigmoid"
        ? { low: NEAR, high: 1 - NEAR }
        : activation === "tanh"
          ? { low: NEAR - 1, high: 1 - NEAR }
          : null;
    this.#pending = new Int32Array(units);
    this.epoch = new Int32Array(units);
  }

  /** @param output row after row, the values of a unit or channel `units` apart; NaN makes mean and deviation NaN and counts as active */
  see(output: Float32Array): void {
    if (!this.#measured) return;
    this.#seeMoments(output);
    if (this.#silences) this.#seeSilence(output);
    if (this.#saturates) this.saturated = shareOutside(output, this.#saturates);
  }

  /** Share of units that were 0 on every example since the epoch began, and begins the next; null unless relu. */
  endEpoch(): number | null {
    if (!this.#silences) return null;
    const share = zeros(this.epoch) / this.#units;
    this.epoch.fill(0);
    return share;
  }

  #seeMoments(output: Float32Array): void {
    const { sum, squares } = momentsOf(output);
    const mean = sum / output.length;
    const variance = squares / output.length - mean * mean;
    this.mean = mean;
    // In 64 bits the difference is exact enough; only rounding can take it below zero. NaN stays.
    this.std = variance < 0 ? 0 : Math.sqrt(variance);
  }

  /** Looks at a unit until it is active once, so only silent ones cost a look at every row. */
  #seeSilence(output: Float32Array): void {
    const units = this.#units;
    const bits = new Int32Array(output.buffer, output.byteOffset, output.length);
    const pending = this.#pending;
    for (let unit = 0; unit < units; unit++) pending[unit] = unit;
    const last = output.length - units;
    let silent = units;
    for (let row = 0; row <= last && silent > 0; row += 4 * units) {
      // Four rows at once; at the end the last one again.
      const row1 = Math.min(row + units, last);
      const row2 = Math.min(row + 2 * units, last);
      const row3 = Math.min(row + 3 * units, last);
      for (let i = 0; i < silent; ) {
        const unit = pending[i]!;
        const seen =
          bits[row + unit]! | bits[row1 + unit]! | bits[row2 + unit]! | bits[row3 + unit]!;
        // The sign does not count: −0 is silent.
        if ((seen & 0x7fff_ffff) === 0) i++;
        else {
          this.epoch[unit] = 1;
          pending[i] = pending[--silent]!;
        }
      }
    }
    this.silent = silent / units;
  }
}

function zeros(bits: Int32Array): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] === 0) count++;
  return count;
}

function shareOutside(output: Float32Array, { low, high }: { low: number; high: number }): number {
  let count = 0;
  for (let i = 0; i < output.length; i++) {
    const value = output[i]!;
    if (value <= low || value >= high) count++;
  }
  return count / output.length;
}
