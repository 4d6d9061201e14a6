/** Sums of rows by number, the gradient of gathering rows, which TensorFlow.js lacks on WebAssembly. */
import * as tf from "@tensorflow/tfjs-core";
import { addKernel, floatsOf } from "./kernel.ts";

export function supplyUnsortedSegmentSum(): void {
  addKernel<Record<"x" | "segmentIds", tf.TensorInfo>, tf.UnsortedSegmentSumAttrs>(
    tf.UnsortedSegmentSum,
    ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) => {
      const shape = x.shape.slice(segmentIds.shape.length);
      const out = backend.makeOutput([numSegments, ...shape], "float32");
      const size = tf.util.sizeFromShape(shape);
      const from = floatsOf(backend, x);
      const to = floatsOf(backend, out).fill(0);
      for (const [row, segment] of backend.typedArrayFromHeap(segmentIds).entries()) {
        for (let i = 0; i < size; i++) to[segment * size + i]! += from[row * size + i]!;
      }
      return out;
    },
  );
}
