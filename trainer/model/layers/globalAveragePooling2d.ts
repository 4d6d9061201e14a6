import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { globalAveragePooling2d as schema } from "../../../recipe/layers/globalAveragePooling2d.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";
import { pictureOf } from "./window.ts";

/** The mean of each channel over the whole picture: a row. */
export function globalAveragePooling2d(
  { type }: Type.Static<typeof schema>,
  context: BuildContext,
): BuiltLayer {
  const [, , channels] = pictureOf(context, type);
  return {
    ...PASSIVE,
    shape: [channels],
    forward: (x) => tf.mean(x, [1, 2]),
  };
}
