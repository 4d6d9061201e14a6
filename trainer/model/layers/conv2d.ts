import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { conv2d as schema } from "../../../recipe/layers/conv2d.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";
import { weighted } from "./weighted.ts";
import { checkFit, pair, pictureOf } from "./window.ts";

/** activation(x ∗ W + b) on pictures, channels last. */
export function conv2d(recipe: Type.Static<typeof schema>, context: BuildContext): BuiltLayer {
  const { filters, padding = "valid" } = recipe;
  const [height, width, channels] = pictureOf(context, recipe.type);
  const kernelSize = pair(recipe.kernelSize);
  const strides = pair(recipe.strides ?? 1);
  checkFit(context, recipe, "kernelSize", kernelSize);
  const { outHeight, outWidth } = tf.backend_util.computeConv2DInfo(
    [1, height, width, channels],
    [...kernelSize, channels, filters],
    strides,
    1,
    padding,
  );
  const area = kernelSize[0] * kernelSize[1];
  return weighted(recipe, context, {
    kernelShape: [...kernelSize, channels, filters],
    apply: (x, kernel) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, padding),
    shape: [outHeight, outWidth, filters],
    fanIn: area * channels,
    fanOut: area * filters,
    uses: outHeight * outWidth,
  });
}
