/** The kernels of TensorFlow for Node.js that lose or invent a NaN; all others that we use agree with the plain ones. */
import * as tf from "@tensorflow/tfjs-core";
import { TENSORFLOW } from "./backend.ts";

export function correctKernels(): void {
  replace("Prelu", prelu);
  replace("EluGrad", eluGradient);
}

function replace(kernelName: string, compose: (inputs: tf.NamedTensorMap) => tf.Tensor): void {
  tf.unregisterKernel(kernelName, TENSORFLOW);
  tf.registerKernel({
    kernelName,
    backendName: TENSORFLOW,
    kernelFunc: ({ inputs }) => tf.tidy(() => compose(inputs as tf.NamedTensorMap)),
  });
}

/** The package's own computes x − |x|, which is NaN at infinity. */
function prelu({ x, alpha }: tf.NamedTensorMap): tf.Tensor {
  return tf.add(tf.relu(x!), tf.mul(alpha!, tf.minimum(x!, 0)));
}

/** The library's own passes the gradient on where the output is NaN. @param y the output of ELU */
function eluGradient({ dy, y }: tf.NamedTensorMap): tf.Tensor {
  return tf.mul(dy!, tf.add(tf.minimum(y!, 0), 1));
}
