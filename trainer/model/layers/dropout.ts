import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { dropout as schema } from "../../../recipe/layers/dropout.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/**
 * Inverted dropout (Srivastava et al. 2014): each value is 0 with probability `rate`, the others are divided by
 * 1 − rate, so the expectation stays; nothing happens outside training. Our own, because TensorFlow.js's with a seed
 * draws the same mask at every call.
 */
export function dropout(
  { rate }: Type.Static<typeof schema>,
  { shape, stream }: BuildContext,
): BuiltLayer {
  const draws = stream("dropout");
  // Compared with uniform signed 32-bit integers: a draw below the limit is dropped.
  const limit = rate * 0x1_0000_0000 - 0x8000_0000;
  const keep = 1 / (1 - rate);
  return {
    ...PASSIVE,
    shape,
    forward: (x, { training }) => {
      if (!training || rate === 0) return x;
      const mask = new Float32Array(x.size);
      for (let i = 0; i < mask.length; i++) mask[i] = draws.bits() < limit ? 0 : keep;
      return tf.mul(x, tf.tensor(mask, x.shape));
    },
  };
}
