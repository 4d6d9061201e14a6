/** Copies that need no copying. */
import * as tf from "@tensorflow/tfjs-core";
import { type Kernel, replaceKernel } from "./kernel.ts";

type Unary<Attrs> = Kernel<{ x: tf.TensorInfo }, Attrs>;

/**
 * TensorFlow.js keeps a clone of all that a gradient will need, and casts what has the type already; on WebAssembly, and
 * nowhere else, both copy every number. Nobody writes into a tensor: both can be the same memory.
 */
export function supplyIdentity(): void {
  const same: Unary<object> = ({ inputs: { x }, backend }) => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  };
  replaceKernel(tf.Identity, () => same);
  replaceKernel(tf.Cast, (stock: Unary<tf.CastAttrs>): Unary<tf.CastAttrs> => {
    return (call) => (call.attrs.dtype === "float32" ? same : stock)(call);
  });
}
