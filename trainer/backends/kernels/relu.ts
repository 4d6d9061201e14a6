/** ReLU that lets NaN through, and its gradient. */
import * as tf from "@tensorflow/tfjs-core";
import "../gradients.ts";
import { addKernel, addressOf, FLOAT, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

const RELU_GRADIENT = "ReluGradient";

/**
 * TensorFlow.js's own compares bits as whole numbers and takes a NaN with the sign set, the kind that 0 · ∞ gives, for a
 * negative number: it becomes 0, and a broken network looks healthy.
 */
export function supplyRelu(simd: Simd): void {
  replaceKernel(tf.Relu, (): Kernel<{ x: tf.TensorInfo }, object> => {
    return ({ inputs: { x }, backend }) => {
      const y = backend.makeOutput(x.shape, "float32");
      const bytes = tf.util.sizeFromShape(x.shape) * FLOAT;
      simd.relu(addressOf(backend, x), addressOf(backend, y), bytes);
      return y;
    };
  });
  addKernel<Record<"x" | "dy", tf.TensorInfo>, object>(
    RELU_GRADIENT,
    ({ inputs: { x, dy }, backend }) => {
      const dx = backend.makeOutput(x.shape, "float32");
      const bytes = tf.util.sizeFromShape(x.shape) * FLOAT;
      const [from, to] = [addressOf(backend, dy), addressOf(backend, dx)];
      simd.reluGradient(addressOf(backend, x), from, to, bytes);
      return dx;
    },
  );
  useGradient();
}

/** In one kernel instead of TensorFlow.js's three; gradients are registered for all backends alike. */
function useGradient(): void {
  const { gradFunc, ...stock } = tf.getGradient(tf.Relu);
  tf.unregisterGradient(tf.Relu);
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      if (tf.getBackend() !== "wasm") return gradFunc(dy, saved, attrs);
      const inputs = { x: saved[0]!, dy: dy as tf.Tensor };
      return { x: () => tf.engine().runKernel(RELU_GRADIENT, inputs) as tf.Tensor };
    },
  });
}
