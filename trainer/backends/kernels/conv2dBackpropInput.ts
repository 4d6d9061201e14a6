/** The gradient of a convolution by its images. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { convolve, geometry } from "./convolution.ts";
import { Frame } from "./frame.ts";
import { floatsOf, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

type Backprop = Kernel<Record<"dy" | "filter", tf.TensorInfo>, tf.Conv2DBackpropInputAttrs>;

/**
 * A convolution itself: of the outgoing gradient, its pixels a stride apart, with the turned filter (Dumoulin and
 * Visin 2016, "A guide to convolution arithmetic for deep learning", section 4). TensorFlow.js's own goes number by
 * number.
 */
export function supplyConv2DBackpropInput(simd: Simd): void {
  replaceKernel(tf.Conv2DBackpropInput, (): Backprop => {
    return ({ inputs: { dy, filter }, attrs, backend }) => {
      const g = geometry(attrs.inputShape, filter.shape, attrs);
      const out = backend.makeOutput(g.inShape, "float32");
      const turned = turn(backend, filter);
      const frame = new Frame(backend, dy, {
        height: g.inHeight + g.filterHeight - 1,
        width: g.inWidth + g.filterWidth - 1,
        top: g.filterHeight - 1 - g.padInfo.top,
        left: g.filterWidth - 1 - g.padInfo.left,
        strideHeight: g.strideHeight,
        strideWidth: g.strideWidth,
      });
      convolve(simd, backend, frame, turned, [1, 1], out, false);
      frame.dispose();
      backend.disposeData(turned.dataId);
      return out;
    };
  });
}

/** By half a turn, its channels swapped: `height × width × out × in`. */
function turn(backend: BackendWasm, filter: tf.TensorInfo): tf.TensorInfo {
  const [height, width, ins, outs] = filter.shape as [number, number, number, number];
  const turned = backend.makeOutput([height, width, outs, ins], "float32");
  const from = floatsOf(backend, filter);
  const to = floatsOf(backend, turned);
  const places = height * width;
  for (let place = 0; place < places; place++) {
    const a = place * ins * outs;
    const b = (places - 1 - place) * ins * outs;
    for (let i = 0; i < ins; i++) {
      for (let o = 0; o < outs; o++) to[b + o * ins + i] = from[a + i * outs + o]!;
    }
  }
  return turned;
}
