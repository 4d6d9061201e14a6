/** Pooling and its gradients. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

type Attrs = tf.MaxPoolAttrs;
type Forward = Kernel<{ x: tf.TensorInfo }, Attrs>;
/** The gradient of an average gets no `output`. */
type Gradient = Kernel<{ dy: tf.TensorInfo; input: tf.TensorInfo; output?: tf.TensorInfo }, Attrs>;

/**
 * TensorFlow.js's own take NaN for nothing, so that a broken network looks healthy; send the gradient of a window
 * without a positive number to the wrong place; and divide the gradient of an average at the edge by the whole window
 * where the average itself was divided by the part inside the image.
 */
export function supplyPooling(simd: Simd): void {
  const forward = (averages: boolean) => (): Forward => {
    return ({ inputs: { x }, attrs, backend }) => {
      const g = geometry(x, attrs);
      const y = backend.makeOutput(g.outShape, "float32");
      pool(simd, backend, g, averages, { x, y });
      return y;
    };
  };
  const gradient = (averages: boolean) => (): Gradient => {
    return ({ inputs: { dy, input, output }, attrs, backend }) => {
      const dx = backend.makeOutput(input.shape, "float32");
      pool(simd, backend, geometry(input, attrs), averages, { x: input, y: output, dy, dx });
      return dx;
    };
  };
  replaceKernel(tf.MaxPool, forward(false));
  replaceKernel(tf.MaxPoolGrad, gradient(false));
  replaceKernel(tf.AvgPool, forward(true));
  replaceKernel(tf.AvgPoolGrad, gradient(true));
}

type Geometry = tf.backend_util.Conv2DInfo;

function geometry({ shape }: tf.TensorInfo, attrs: Attrs): Geometry {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const images = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(images, filterSize, strides, 1, pad, dimRoundingMode);
}

interface Images {
  x: tf.TensorInfo;
  y: tf.TensorInfo | undefined;
  /** Both, or neither. */
  dy?: tf.TensorInfo;
  dx?: tf.TensorInfo;
}

function pool(
  simd: Simd,
  backend: BackendWasm,
  g: Geometry,
  averages: boolean,
  { x, y, dy, dx }: Images,
): void {
  const address = (images: tf.TensorInfo | undefined) => (images ? addressOf(backend, images) : 0);
  simd.pool(
    averages,
    dx !== undefined,
    address(x),
    address(y),
    address(dy),
    address(dx),
    g.batchSize,
    g.inHeight,
    g.inWidth,
    g.inChannels * FLOAT,
    g.outHeight,
    g.outWidth,
    g.filterHeight,
    g.filterWidth,
    g.strideHeight,
    g.strideWidth,
    g.padInfo.top,
    g.padInfo.left,
  );
}
