/** Sums and means over neighbouring axes. */
import * as tf from "@tensorflow/tfjs-core";
import { addressOf, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

type Reduction = Kernel<{ x: tf.TensorInfo }, tf.SumAttrs>;

/**
 * TensorFlow.js's own moves the axes to the end first, and adds up in 32 bits: over all pixels of a batch, for a bias,
 * that is slow and off in the fourth digit.
 */
export function supplySum(simd: Simd): void {
  for (const [name, isMean] of [
    [tf.Sum, false],
    [tf.Mean, true],
  ] as const) {
    replaceKernel(name, (stock: Reduction): Reduction => {
      return (call) => {
        const { inputs, attrs, backend } = call;
        const { x } = inputs;
        const axes = tf.util.parseAxisParam(attrs.axis, x.shape);
        const [first = 0] = axes;
        if (axes.some((axis, i) => axis !== first + i)) return stock(call);
        const [outShape, reduced] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
        const shape = attrs.keepDims
          ? tf.backend_util.expandShapeToKeepDim(outShape, axes)
          : outShape;
        const y = backend.makeOutput(shape, "float32");
        const count = tf.util.sizeFromShape(reduced);
        const outer = tf.util.sizeFromShape(x.shape.slice(0, first));
        const inner = tf.util.sizeFromShape(x.shape.slice(first + axes.length));
        const divisor = isMean ? count : 1;
        simd.sum(addressOf(backend, x), outer, count, inner, divisor, addressOf(backend, y));
        return y;
      };
    });
  }
}
