/** What the package registers with TensorFlow.js, and what our kernels need of it. */
import type * as tf from "@tensorflow/tfjs-core";

/** Its name among TensorFlow.js's backends. */
export const TENSORFLOW = "tensorflow";

export interface NativeBackend extends tf.KernelBackend {
  binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_FLOAT", number>;
  /** Carries out one of the library's own operations. */
  executeSingleOutput(operation: string, attrs: object[], inputs: tf.TensorInfo[]): tf.TensorInfo;
}
