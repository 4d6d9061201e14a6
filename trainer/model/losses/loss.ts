/** What every loss gives. */
import type { ActivationName } from "../../../recipe/names.ts";

/** Of a batch, summed over its rows. */
export interface Totals {
  loss: number;
  /** Rows whose most likely class is the right one; 0 for a regression. */
  correct: number;
}

/**
 * One pass on the host over the network's last values: loss, accuracy and the final activation at once. It reads the
 * values before the final activation, which keeps it exact where softmax or sigmoid are 0 or 1 in 32 bits, and it never
 * clips, so NaN and infinity show.
 */
export interface Loss {
  /** The activation of the last layer that the loss applies itself. */
  activation: ActivationName | null;
  /** How many values the network must give for an example. */
  units(classes: number): number;
  /** The same for a GPU. */
  shader: LossShader;
  /**
   * @param values `rows × units`, before that activation
   * @param targets `rows`
   * @param outputs filled with the values after that activation, `rows × units`
   * @param rowLosses filled with each row's loss
   */
  forward(
    values: Float32Array,
    targets: Float32Array,
    units: number,
    outputs: Float32Array,
    rowLosses: Float32Array,
  ): Totals;
  /**
   * The gradient of the batch's mean loss by `values`, times `scale`.
   * @param outputs as filled by `forward`
   * @param gradient filled, `rows × units`
   */
  backward(
    outputs: Float32Array,
    targets: Float32Array,
    units: number,
    scale: number,
    gradient: Float32Array,
  ): void;
}

/**
 * The loss of one row in WGSL. What needs 64 bits is left to the host: the shader leaves four numbers a row, from which
 * the row's loss is exact.
 */
export interface LossShader {
  /** What the shader gets of a batch's targets, so many numbers a row. */
  encode(targets: Float32Array, units: number): Float32Array;
  /**
   * Statements over `values`, from `at` to `at + units`, and what `encode` gave, `targets` of `row`. They fill `outputs`
   * (the values after the activation) and `gradient` (of the mean loss, `share` being 1 / rows) and set `record`.
   * They know `NaN` and `sizeOf`, the bits of a number without its sign: larger than `INFINITE` for NaN, which no
   * comparison of numbers is sure to see, because compilers may assume that there is none.
   */
  body: string;
  /** @param record the row's four numbers @param target as it is in the data */
  finish(record: Float32Array, target: number, units: number): { loss: number; correct: boolean };
}
