/** Arithmetic of a tensor and a row: a bias, or the figures of batch normalisation. */
import * as tf from "@tensorflow/tfjs-core";
import { addressOf, FLOAT, type Kernel, replaceKernel } from "./kernel.ts";
import type { Simd } from "./simd/index.ts";

type Binary = Kernel<Record<"a" | "b", tf.TensorInfo>, object>;

/** TensorFlow.js's own sets up anew for each row, of which images have one a pixel. */
export function supplyRows(simd: Simd): void {
  supply(tf.Add, simd.addRow, true);
  supply(tf.Multiply, simd.multiplyRow, true);
  supply(tf.Sub, simd.subtractRow, false);
}

function supply(name: string, run: Simd["addRow"], commutes: boolean): void {
  replaceKernel(name, (stock: Binary): Binary => {
    return (call) => {
      const { inputs, backend } = call;
      const { a, b } = commutes && isRowOf(inputs.a, inputs.b) ? swap(inputs) : inputs;
      if (!isRowOf(b, a)) return stock(call);
      const y = backend.makeOutput(a.shape, "float32");
      const [x, row, to] = [a, b, y].map((tensor) => addressOf(backend, tensor));
      const bytes = tf.util.sizeFromShape(a.shape) * FLOAT;
      run(x!, row!, a.shape.at(-1)! * FLOAT, to!, bytes);
      return y;
    };
  });
}

function swap<T>({ a, b }: Record<"a" | "b", T>): Record<"a" | "b", T> {
  return { a: b, b: a };
}

/** Whether all but the last axis has length 1, and that is as long as the tensor's; a scalar is none. */
function isRowOf(row: tf.TensorInfo, { shape }: tf.TensorInfo): boolean {
  const length = row.shape.at(-1) ?? 1;
  return (
    length !== 1 &&
    length === shape.at(-1) &&
    row.shape.length <= shape.length &&
    tf.util.sizeFromShape(row.shape) === length
  );
}
