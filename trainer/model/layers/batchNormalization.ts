import type * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import type Type from "typebox";
import type { batchNormalization as schema } from "../../../recipe/layers/batchNormalization.ts";
import { parameter, statistic } from "../parameter.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";

/**
 * γ · (x − μ) / √(σ² + ε) + β (Ioffe and Szegedy 2015): μ and the population variance σ² of the batch while training,
 * their running averages in evaluation.
 */
export function batchNormalization(
  { momentum = 0.99, epsilon = 1e-5 }: Type.Static<typeof schema>,
  { name, inputs }: BuildContext,
): BuiltLayer {
  const layer = layers.batchNormalization({ momentum, epsilon });
  layer.build([null, inputs]);
  const [gamma, beta] = layer.trainableWeights;
  const [mean, variance] = layer.nonTrainableWeights;
  return {
    units: inputs,
    activation: null,
    initializer: null,
    fanIn: null,
    fanOut: null,
    parameters: [
      parameter(`${name}.gamma`, gamma!, new Float32Array(inputs).fill(1)),
      parameter(`${name}.beta`, beta!, new Float32Array(inputs)),
    ],
    statistics: [
      statistic(`${name}.moving_mean`, mean!),
      statistic(`${name}.moving_variance`, variance!),
    ],
    measured: true,
    forward: (x, training) => layer.call(x, { training }) as tf.Tensor2D,
  };
}
