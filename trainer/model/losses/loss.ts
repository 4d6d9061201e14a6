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
  /**
   * @param values `rows × units`, before that activation
   * @param targets `rows`
   * @param outputs filled with the values after that activation, `rows × units`
   */
  forward(
    values: Float32Array,
    targets: Float32Array,
    units: number,
    outputs: Float32Array,
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
