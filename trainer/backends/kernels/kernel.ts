/** How a kernel gets into the WebAssembly backend. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** Bytes of a number. */
export const FLOAT = 4;

export interface Call<Inputs, Attrs> {
  inputs: Inputs;
  attrs: Attrs;
  backend: BackendWasm;
}

export type Kernel<Inputs, Attrs> = (call: Call<Inputs, Attrs>) => tf.TensorInfo;

/**
 * For 32-bit floats; whatever else comes goes to the kernel that was there.
 * @param make gets that kernel, for more that is to go there
 */
export function replaceKernel<Inputs extends object, Attrs>(
  kernelName: string,
  make: (stock: Kernel<Inputs, Attrs>) => Kernel<Inputs, Attrs>,
): void {
  const kernel = tf.getKernel(kernelName, "wasm");
  const stock = kernel.kernelFunc as unknown as Kernel<Inputs, Attrs>;
  const own = make(stock);
  const kernelFunc = (call: Call<Inputs, Attrs>) => {
    const tensors: (tf.TensorInfo | undefined)[] = Object.values(call.inputs);
    const floats = tensors.every((tensor) => tensor === undefined || tensor.dtype === "float32");
    return (floats ? own : stock)(call);
  };
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({ ...kernel, kernelFunc: kernelFunc as unknown as tf.KernelFunc });
}

export function addKernel<Inputs, Attrs>(kernelName: string, kernel: Kernel<Inputs, Attrs>): void {
  const kernelFunc = kernel as unknown as tf.KernelFunc;
  tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
}

/** Where a tensor lies in the backend's memory, in bytes. */
export function addressOf(backend: BackendWasm, { dataId }: tf.TensorInfo): number {
  return backend.getMemoryOffset(dataId);
}

/** The values of a 32-bit float tensor where they lie; valid until the next tensor is made. */
export function floatsOf(backend: BackendWasm, { dataId, shape }: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap({ dataId, shape, dtype: "float32" }) as Float32Array;
}

/** Fills `to` with copies of `from`. */
export function repeat(from: Float32Array, to: Float32Array): void {
  to.set(from.subarray(0, to.length));
  for (let done = from.length; done < to.length; done *= 2) to.copyWithin(done, 0, done);
}
