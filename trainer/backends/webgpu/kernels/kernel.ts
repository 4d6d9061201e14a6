/** How a kernel of ours gets into TensorFlow.js's WebGPU backend. */
import * as tf from "@tensorflow/tfjs-core";

export interface Call<Inputs, Attrs> {
  inputs: Inputs;
  attrs: Attrs;
}

export type Kernel<Inputs, Attrs> = (call: Call<Inputs, Attrs>) => tf.TensorInfo;

/**
 * For 32-bit floats; whatever else comes goes to the kernel that was there.
 * @param make gets that kernel
 */
export function replaceKernel<Inputs extends object, Attrs = object>(
  kernelName: string,
  make: (stock: Kernel<Inputs, Attrs>) => Kernel<Inputs, Attrs>,
): void {
  const kernel = tf.getKernel(kernelName, "webgpu");
  const stock = kernel.kernelFunc as unknown as Kernel<Inputs, Attrs>;
  const own = make(stock);
  const kernelFunc = (call: Call<Inputs, Attrs>) => {
    const tensors: (tf.TensorInfo | undefined)[] = Object.values(call.inputs);
    const floats = tensors.every((tensor) => tensor === undefined || tensor.dtype === "float32");
    return (floats ? own : stock)(call);
  };
  tf.unregisterKernel(kernelName, "webgpu");
  tf.registerKernel({ ...kernel, kernelFunc: kernelFunc as unknown as tf.KernelFunc });
}
