/** The gradient of a convolution by its filter, which TensorFlow.js lacks on WebAssembly. */
import * as tf from "@tensorflow/tfjs-core";
import { geometry, grid, padded } from "./convolution.ts";
import { addKernel, addressOf, FLOAT } from "./kernel.ts";
import { Products } from "./product.ts";
import type { Simd } from "./simd/index.ts";

/** Over all images, the sum of what each place of the filter saw, times the outgoing gradient. */
export function supplyConv2DBackpropFilter(simd: Simd): void {
  addKernel<Record<"x" | "dy", tf.TensorInfo>, tf.Conv2DBackpropFilterAttrs>(
    tf.Conv2DBackpropFilter,
    ({ inputs: { x, dy }, attrs, backend }) => {
      const g = geometry(x.shape, attrs.filterShape, attrs);
      const out = backend.makeOutput(attrs.filterShape, "float32");
      const frame = padded(backend, x, g);
      const pixel = g.inChannels * FLOAT;
      const line = frame.shape.width * pixel;
      const products = new Products(simd, backend, {
        offsets: grid([g.filterHeight, g.filterWidth], line, pixel, g.inChannels),
        inner: { count: g.outWidth, step: g.strideWidth * pixel },
        outer: { count: g.outHeight, step: g.strideHeight * line },
      });
      const row = g.outChannels * FLOAT;
      for (let image = 0; image < g.batchSize; image++) {
        const address = addressOf(backend, dy) + image * g.outHeight * g.outWidth * row;
        const right = { address, row, column: FLOAT, columns: g.outChannels };
        products.multiply(frame.show(image), right, addressOf(backend, out), image > 0);
      }
      products.dispose();
      frame.dispose();
      return out;
    },
  );
}
