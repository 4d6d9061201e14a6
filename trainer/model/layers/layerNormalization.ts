import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { layerNormalization as schema } from "../../../recipe/layers/layerNormalization.ts";
import { parameter, rateOf } from "../parameter.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/**
 * γ · (x − μ) / √(σ² + ε) + β with mean μ and population variance σ² of each row's units, or each pixel's channels (Ba et
 * al. 2016). Our own: TensorFlow.js's copies its figures to full size and takes three to seventeen times as long.
 */
export function layerNormalization(
  { epsilon = 1e-5, learningRateMultiplier }: Type.Static<typeof schema>,
  { name, shape }: BuildContext,
): BuiltLayer {
  const units = shape.at(-1)!;
  const rate = rateOf(learningRateMultiplier, 1);
  const gamma = tf.variable(tf.ones([units]));
  const beta = tf.variable(tf.zeros([units]));
  return {
    ...PASSIVE,
    shape,
    parameters: [
      parameter(`${name}.gamma`, gamma, new Float32Array(units).fill(1), { rate }),
      parameter(`${name}.beta`, beta, new Float32Array(units), { rate }),
    ],
    measured: true,
    forward: (x) => {
      const centered = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centered), -1, true);
      const normalized = tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(normalized, gamma), beta);
    },
  };
}
