/** Convolutions forward. */
import * as tf from "@tensorflow/tfjs-core";
import { convolve, geometry, padded } from "./convolution.ts";
import { type Call, floatsOf, type Kernel, repeat, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

interface Inputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias?: tf.TensorInfo;
}

type Attrs = tf.Conv2DAttrs & { activation?: string };
type Convolution = Kernel<Inputs, Attrs>;

/**
 * TensorFlow.js's own gives zeros where the padding is "same" and the stride steps over the image's end, as with the
 * 1 × 1 filters of a residual block.
 */
export function supplyConv2D(simd: Simd): void {
  for (const name of [tf.Conv2D, tf.FusedConv2D]) {
    replaceKernel(name, (stock: Convolution): Convolution => {
      return (call) => (isPlain(call) ? conv2d(simd, call) : stock(call));
    });
  }
}

/** What the trainer computes; anything else has no gradient, or is fused for inference. */
function isPlain({ inputs: { bias }, attrs }: Call<Inputs, Attrs>): boolean {
  const { dataFormat, dilations, activation = "linear" } = attrs;
  return (
    dataFormat === "NHWC" &&
    tf.backend_util.tupleValuesAreOne(dilations) &&
    activation === "linear" &&
    (!bias || bias.shape.length === 1)
  );
}

function conv2d(simd: Simd, { inputs, attrs, backend }: Call<Inputs, Attrs>): tf.TensorInfo {
  const { x, filter, bias } = inputs;
  const g = geometry(x.shape, filter.shape, attrs);
  const out = backend.makeOutput(g.outShape, "float32");
  const frame = padded(backend, x, g);
  if (bias) repeat(floatsOf(backend, bias), floatsOf(backend, out));
  const strides: [number, number] = [g.strideHeight, g.strideWidth];
  convolve(simd, backend, frame, filter, strides, out, Boolean(bias));
  frame.dispose();
  return out;
}
