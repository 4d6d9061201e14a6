import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { dense as schema } from "../../../recipe/layers/dense.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";
import { weighted } from "./weighted.ts";

/** activation(x · W + b). */
export function dense(recipe: Type.Static<typeof schema>, context: BuildContext): BuiltLayer {
  const { units } = recipe;
  const [inputs] = context.shape;
  if (context.shape.length > 1) {
    throw context.mistake(
      undefined,
      `The dense layer ${context.name} gets ${context.shape.join(" × ")} values an example: put a { "type": "flatten" } layer before it.`,
    );
  }
  return weighted(recipe, context, {
    kernelShape: [inputs!, units],
    apply: (x, kernel) => tf.matMul(x, kernel),
    shape: [units],
    fanIn: inputs!,
    fanOut: units,
    uses: 1,
  });
}
