/** Rows as the network gets them. */

/** A part of the data: to train on, to validate or to test with. */
export interface Rows {
  rows: number;
  /** `rows × product(shape)`. */
  inputs: Float32Array;
  /** `rows × outputs`. */
  targets: Float32Array;
}

/** One class of several; any number of labels at once; quantities. */
export type Kind = "class" | "labels" | "number";
