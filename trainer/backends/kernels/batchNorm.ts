/** Batch normalisation with given figures. */
import * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT, floatsOf, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

interface Inputs {
  x: tf.TensorInfo;
  mean: tf.TensorInfo;
  variance: tf.TensorInfo;
  offset?: tf.TensorInfo;
  scale?: tf.TensorInfo;
}

type Normalization = Kernel<Inputs, tf.FusedBatchNormAttrs>;

/** (x − μ) · γ / √(σ² + ε) + β a channel. TensorFlow.js's own looks up the channel of each number by a division. */
export function supplyBatchNorm(simd: Simd): void {
  replaceKernel(tf.FusedBatchNorm, (stock: Normalization): Normalization => {
    return (call) => {
      const { inputs, attrs, backend } = call;
      const { x, mean, variance, offset, scale } = inputs;
      const channels = x.shape.at(-1)!;
      const figures = [mean, variance, offset, scale].filter((tensor) => tensor !== undefined);
      if (figures.some(({ shape }) => shape.length !== 1 || shape[0] !== channels)) {
        return stock(call);
      }
      const y = backend.makeOutput(x.shape, "float32");
      const factor = backend.makeOutput([channels], "float32");
      const variances = floatsOf(backend, variance);
      const scales = scale && floatsOf(backend, scale);
      floatsOf(backend, factor).forEach((_, i, factors) => {
        factors[i] = (scales?.[i] ?? 1) / Math.sqrt(variances[i]! + attrs.varianceEpsilon);
      });
      const to = addressOf(backend, y);
      const row = channels * FLOAT;
      const bytes = tf.util.sizeFromShape(x.shape) * FLOAT;
      simd.subtractRow(addressOf(backend, x), addressOf(backend, mean), row, to, bytes);
      simd.multiplyRow(to, addressOf(backend, factor), row, to, bytes);
      if (offset) simd.addRow(to, addressOf(backend, offset), row, to, bytes);
      backend.disposeData(factor.dataId);
      return y;
    };
  });
}
