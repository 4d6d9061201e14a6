/** Reads tensors of the script's engine without making any. */
import type * as tf from "@tensorflow/tfjs-core";
import type { View } from "../backends/hostExecutor.ts";
import type { Core } from "./tensorflow.ts";

/** What WebAssembly's backend offers beside the common interface. */
interface Heap {
  typedArrayFromHeap?(tensor: tf.TensorInfo): Float32Array;
}

/** For the backend that is set now. @throws {Error} when it is used, where the backend cannot be read at once */
export function viewOf(core: Core): View {
  const heap = core.backend() as Heap;
  if (!heap.typedArrayFromHeap) return (tensor) => tensor.dataSync() as Float32Array;
  return ({ dataId, shape, dtype }) => heap.typedArrayFromHeap!({ dataId, shape, dtype });
}
