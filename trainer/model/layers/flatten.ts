import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { flatten as schema } from "../../../recipe/layers/flatten.ts";
import { sizeOf } from "../../data/dataset.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/** One row of numbers of a picture: line after line, the channels of a pixel side by side. A row stays as it is. */
export function flatten(_: Type.Static<typeof schema>, { shape }: BuildContext): BuiltLayer {
  const size = sizeOf(shape);
  return {
    ...PASSIVE,
    shape: [size],
    forward: (x) => (shape.length === 1 ? x : tf.reshape(x, [-1, size])),
  };
}
