/** What maximum and average pooling have in common. */
import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { averagePooling2d } from "../../../recipe/layers/averagePooling2d.ts";
import type { maxPooling2d } from "../../../recipe/layers/maxPooling2d.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";
import { checkFit, pair, pictureOf } from "./window.ts";

type Settings = Type.Static<typeof maxPooling2d> | Type.Static<typeof averagePooling2d>;

/** One figure of each window of each channel. @param pool gets the window's geometry, padding included */
export function pooling(
  recipe: Settings,
  context: BuildContext,
  pool: (x: tf.Tensor4D, info: tf.backend_util.Conv2DInfo) => tf.Tensor,
): BuiltLayer {
  const { poolSize = 2, strides = poolSize, padding = "valid" } = recipe;
  const picture = pictureOf(context, recipe.type);
  const window = pair(poolSize);
  checkFit(context, recipe, "poolSize", window);
  const info = tf.backend_util.computePool2DInfo(
    [1, ...picture],
    window,
    pair(strides),
    1,
    padding,
  );
  return {
    ...PASSIVE,
    shape: info.outShape.slice(1),
    forward: (x) => pool(x as tf.Tensor4D, info),
  };
}
