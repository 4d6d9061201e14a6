/** Images with room around them, and between their pixels. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT, floatsOf } from "./kernel.ts";

/** Where the pixels of an image go in its frame; what lies outside it is cut off. */
export interface FrameShape {
  height: number;
  width: number;
  top: number;
  left: number;
  /** From a pixel to the next, 1 where they stay neighbours. */
  strideHeight: number;
  strideWidth: number;
}

/** Shows the images of a batch one after another, each in the same frame of zeros. */
export class Frame {
  readonly shape: FrameShape;
  readonly #backend: BackendWasm;
  readonly #images: tf.TensorInfo;
  /** Null where the image fills its frame, and can be shown where it is. */
  readonly #frame: tf.TensorInfo | null;

  /** @param images `batch × height × width × channels` */
  constructor(backend: BackendWasm, images: tf.TensorInfo, shape: FrameShape) {
    const [, height, width, channels] = images.shape as [number, number, number, number];
    this.shape = shape;
    this.#backend = backend;
    this.#images = images;
    const { top, left, strideHeight, strideWidth } = shape;
    const fills =
      top === 0 &&
      left === 0 &&
      strideHeight === 1 &&
      strideWidth === 1 &&
      shape.width === width &&
      shape.height <= height;
    this.#frame = fills
      ? null
      : backend.makeOutput([shape.height, shape.width, channels], "float32");
    if (this.#frame) floatsOf(backend, this.#frame).fill(0);
  }

  /** @returns the address of the framed image, until the next one */
  show(image: number): number {
    const [, height, width, channels] = this.#images.shape as [number, number, number, number];
    const from = image * height * width * channels;
    if (!this.#frame) return addressOf(this.#backend, this.#images) + from * FLOAT;
    const size = height * width * channels;
    const pixels = floatsOf(this.#backend, this.#images).subarray(from, from + size);
    this.#copy(pixels, floatsOf(this.#backend, this.#frame));
    return addressOf(this.#backend, this.#frame);
  }

  dispose(): void {
    if (this.#frame) this.#backend.disposeData(this.#frame.dataId);
  }

  #copy(pixels: Float32Array, to: Float32Array): void {
    const [, height, width, channels] = this.#images.shape as [number, number, number, number];
    const { strideHeight, strideWidth, top, left } = this.shape;
    const [firstRow, endRow] = inside(height, strideHeight, top, this.shape.height);
    const [first, end] = inside(width, strideWidth, left, this.shape.width);
    for (let row = firstRow; row < endRow; row++) {
      const line = (row * strideHeight + top) * this.shape.width + left;
      if (strideWidth === 1) {
        const run = pixels.subarray(
          (row * width + first) * channels,
          (row * width + end) * channels,
        );
        to.set(run, (line + first) * channels);
        continue;
      }
      for (let column = first; column < end; column++) {
        const a = (row * width + column) * channels;
        const b = (line + column * strideWidth) * channels;
        for (let c = 0; c < channels; c++) to[b + c] = pixels[a + c]!;
      }
    }
  }
}

/** Which of `count` places, `stride` apart from `begin` on, lie in 0 … size − 1: the first, and the one after the last. */
function inside(count: number, stride: number, begin: number, size: number): [number, number] {
  const first = Math.max(0, Math.ceil(-begin / stride));
  return [first, Math.min(count, Math.ceil((size - begin) / stride))];
}
