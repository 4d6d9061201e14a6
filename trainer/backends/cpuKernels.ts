/** The kernel of the JavaScript backend that loses a NaN. */
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The package's own maximum passes over NaN and gives −∞ where a window holds nothing else, which relu makes 0: a broken
 * network looks healthy. An average is NaN wherever its window holds one.
 */
export function keepNaNInMaxPool(): void {
  const maximum = tf.getKernel("MaxPool", "cpu");
  const average = tf.getKernel("AvgPool", "cpu");
  const kernelFunc: tf.KernelFunc = (args) => {
    const { dataId, shape } = maximum.kernelFunc(args) as tf.TensorInfo;
    const averaged = average.kernelFunc(args) as tf.TensorInfo;
    const cpu = args.backend as MathBackendCPU;
    const values = cpu.readSync(dataId) as Float32Array;
    const averages = cpu.readSync(averaged.dataId) as Float32Array;
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(averages[i])) values[i] = Number.NaN;
    }
    cpu.disposeData(averaged.dataId);
    return { dataId, shape, dtype: "float32" };
  };
  tf.unregisterKernel("MaxPool", "cpu");
  tf.registerKernel({ ...maximum, kernelFunc });
}
