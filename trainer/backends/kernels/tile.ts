/** Repetitions of a whole tensor. */
import * as tf from "@tensorflow/tfjs-core";
import { floatsOf, type Kernel, repeat, replaceKernel } from "./kernel.ts";

type Tile = Kernel<{ x: tf.TensorInfo }, tf.TileAttrs>;

/**
 * TensorFlow.js's own works out the place of each number anew; the gradient of batch normalisation of images, which
 * repeats a row for each pixel, spends most of its time there.
 */
export function supplyTile(): void {
  replaceKernel(tf.Tile, (stock: Tile): Tile => {
    return (call) => {
      const {
        inputs: { x },
        attrs: { reps },
        backend,
      } = call;
      const first = x.shape.findIndex((size) => size !== 1);
      const repeatsWhole = first < 0 || reps.slice(first).every((times) => times === 1);
      if (!repeatsWhole) return stock(call);
      const y = backend.makeOutput(
        x.shape.map((size, axis) => size * reps[axis]!),
        "float32",
      );
      repeat(floatsOf(backend, x), floatsOf(backend, y));
      return y;
    };
  });
}
