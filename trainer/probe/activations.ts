/** Statistics of what the layers put out, taken from their memory inside the forward pass. */
import type { ActivationName } from "../../recipe/names.ts";

/** What is asked of a layer's output. */
export interface Watched {
  units: number;
  activation: ActivationName | null;
  /** Whether mean and deviation say something. */
  measured: boolean;
}

/** An output counts as saturated this close to an asymptote. */
const NEAR = 0.01;

/** Figures of one layer: of the last batch, and which units were ever active in the epoch. */
export class ActivationProbe {
  readonly #units: number;
  readonly #measured: boolean;
  readonly #silences: boolean;
  /** Outputs from `#high` up and from `#low` down are saturated; null for activations without asymptotes. */
  readonly #saturates: { low: number; high: number } | null;
  /** Per unit: the bits of all its outputs together, so 0 where it was 0 on every example. */
  readonly #batch: Int32Array;
  readonly #epoch: Int32Array;
  mean: number | null = null;
  std: number | null = null;
  /** Share of units that were 0 on every example of the batch; null unless relu. */
  silent: number | null = null;
  /** Share of outputs within 0.01 of an asymptote; null unless sigmoid or tanh. */
  saturated: number | null = null;

  constructor({ units, activation, measured }: Watched) {
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
    this.#batch = new Int32Array(units);
    this.#epoch = new Int32Array(units);
  }

  /** @param output `rows × units`; NaN makes mean and deviation NaN and counts as active */
  see(output: Float32Array): void {
    if (!this.#measured) return;
    if (this.#silences) this.#seeSilence(output);
    else this.#seeMoments(output);
    if (this.#saturates) this.saturated = shareOutside(output, this.#saturates);
  }

  /** Share of units that were 0 on every example since the epoch began, and begins the next; null unless relu. */
  endEpoch(): number | null {
    if (!this.#silences) return null;
    const share = zeros(this.#epoch) / this.#units;
    this.#epoch.fill(0);
    return share;
  }

  #seeMoments(output: Float32Array): void {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < output.length; i++) {
      const value = output[i]!;
      sum += value;
      squares += value * value;
    }
    this.#setMoments(sum, squares, output.length);
  }

  #seeSilence(output: Float32Array): void {
    const units = this.#units;
    const active = this.#batch.fill(0);
    const bits = new Int32Array(output.buffer, output.byteOffset, output.length);
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < output.length; row += units) {
      for (let unit = 0; unit < units; unit++) {
        const value = output[row + unit]!;
        sum += value;
        squares += value * value;
        // A comparison would be mispredicted every other time. The sign does not count: −0 is silent.
        active[unit]! |= bits[row + unit]! & 0x7fff_ffff;
      }
    }
    this.#setMoments(sum, squares, output.length);
    const epoch = this.#epoch;
    for (let unit = 0; unit < units; unit++) epoch[unit]! |= active[unit]!;
    this.silent = zeros(active) / units;
  }

  #setMoments(sum: number, squares: number, count: number): void {
    const mean = sum / count;
    const variance = squares / count - mean * mean;
    this.mean = mean;
    // In 64 bits the difference is exact enough; only rounding can take it below zero. NaN stays.
    this.std = variance < 0 ? 0 : Math.sqrt(variance);
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
