import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { maxPooling2d as schema } from "../../../recipe/layers/maxPooling2d.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";
import { pooling } from "./pooling.ts";

/** The maximum of each window of each channel; what lies outside the picture does not count. */
export function maxPooling2d(
  recipe: Type.Static<typeof schema>,
  context: BuildContext,
): BuiltLayer {
  const { padding = "valid" } = recipe;
  return pooling(recipe, context, (x, { filterHeight, filterWidth, strideHeight, strideWidth }) =>
    tf.maxPool(x, [filterHeight, filterWidth], [strideHeight, strideWidth], padding),
  );
}
