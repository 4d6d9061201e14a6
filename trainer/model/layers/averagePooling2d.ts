import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { averagePooling2d as schema } from "../../../recipe/layers/averagePooling2d.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";
import { pooling } from "./pooling.ts";

/** The average of each window of each channel; what lies outside the picture does not count, as in Keras. */
export function averagePooling2d(
  recipe: Type.Static<typeof schema>,
  context: BuildContext,
): BuiltLayer {
  return pooling(recipe, context, (x, info) => {
    const { top, bottom, left, right } = info.padInfo;
    if (top + bottom + left + right === 0) return average(x, info);
    // Padded here: TensorFlow.js's own padding is left out of the average, but not of the average's gradient.
    const pad = (picture: tf.Tensor4D) =>
      tf.pad(picture, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
    const inside = tf.ones<tf.Rank.R4>([1, info.inHeight, info.inWidth, 1]);
    return tf.div(average(pad(x), info), average(pad(inside), info));
  });
}

function average(
  x: tf.Tensor4D,
  { filterHeight, filterWidth, strideHeight, strideWidth }: tf.backend_util.Conv2DInfo,
): tf.Tensor4D {
  return tf.avgPool(x, [filterHeight, filterWidth], [strideHeight, strideWidth], "valid");
}
