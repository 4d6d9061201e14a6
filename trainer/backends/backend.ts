/** What the rest of the trainer knows of a backend. */
import type * as tf from "@tensorflow/tfjs-core";

export interface Backend {
  name: "wasm" | "cpu";
  /** What it computes on, in words. */
  device: string;
  /**
   * The values of a 32-bit float tensor where they lie, without a copy.
   * Valid until the next tensor is made: the memory may then move.
   */
  view(tensor: tf.Tensor): Float32Array;
}
