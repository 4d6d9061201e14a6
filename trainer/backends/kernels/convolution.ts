/** What the three kernels of a convolution share: each is a product for every image. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { Frame } from "./frame.ts";
import { addressOf, FLOAT } from "./kernel.ts";
import { Products, type Right } from "./product.ts";
import type { Simd } from "./simd/index.ts";

type Geometry = tf.backend_util.Conv2DInfo;

/** @param x shape of the images */
export function geometry(
  x: number[],
  filter: number[],
  { strides, pad, dimRoundingMode }: Pick<tf.Conv2DAttrs, "strides" | "pad" | "dimRoundingMode">,
): Geometry {
  const [images, weights] = [x, filter] as [number, number, number, number][];
  return tf.backend_util.computeConv2DInfo(images!, weights!, strides, 1, pad, dimRoundingMode);
}

/** The images with their padding, cut where no window reaches. */
export function padded(backend: BackendWasm, images: tf.TensorInfo, g: Geometry): Frame {
  return new Frame(backend, images, {
    height: (g.outHeight - 1) * g.strideHeight + g.filterHeight,
    width: Math.max(g.inWidth, (g.outWidth - 1) * g.strideWidth + g.filterWidth),
    top: g.padInfo.top,
    left: g.padInfo.left,
    strideHeight: 1,
    strideWidth: 1,
  });
}

/** Byte offsets of every place of a grid in a frame, row by row. */
export function grid(
  [rows, columns]: [number, number],
  rowStep: number,
  columnStep: number,
  run = 1,
): number[] {
  const offsets: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < run; i++) offsets.push(row * rowStep + column * columnStep + i * FLOAT);
    }
  }
  return offsets;
}

/** The windows of each framed image, as rows, times the filter. */
export function convolve(
  simd: Simd,
  backend: BackendWasm,
  frame: Frame,
  filter: tf.TensorInfo,
  [strideHeight, strideWidth]: [number, number],
  out: tf.TensorInfo,
  accumulate: boolean,
): void {
  const [filterHeight, filterWidth, inChannels, outChannels] = filter.shape as number[];
  const [images, height, width] = out.shape as [number, number, number];
  const pixel = inChannels! * FLOAT;
  const line = frame.shape.width * pixel;
  const products = new Products(simd, backend, {
    offsets: grid([height, width], strideHeight * line, strideWidth * pixel),
    inner: { count: filterWidth! * inChannels!, step: FLOAT },
    outer: { count: filterHeight!, step: line },
  });
  const right: Right = {
    address: addressOf(backend, filter),
    row: outChannels! * FLOAT,
    column: FLOAT,
    columns: outChannels!,
  };
  for (let image = 0; image < images; image++) {
    const to = addressOf(backend, out) + image * height * width * outChannels! * FLOAT;
    products.multiply(frame.show(image), right, to, accumulate);
  }
  products.dispose();
}
