import type * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import type Type from "typebox";
import type { dense as schema } from "../../../recipe/layers/dense.ts";
import { ACTIVATE } from "../activations.ts";
import { describeInitializer, initialize } from "../initializers.ts";
import { parameter } from "../parameter.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";

/** activation(x · W + b); Keras's defaults: glorotUniform kernel, zero bias. */
export function dense(recipe: Type.Static<typeof schema>, context: BuildContext): BuiltLayer {
  const { units, activation = "linear", useBias = true } = recipe;
  const { name, inputs } = context;
  const kernelInitializer = recipe.kernelInitializer ?? "glorotUniform";
  const biasInitializer = recipe.biasInitializer ?? "zeros";
  const layer = layers.dense({ units, useBias });
  layer.build([null, inputs]);
  const [kernel, bias] = layer.trainableWeights;
  const draw = context.stream("kernel");
  const parameters = [
    parameter(
      `${name}.kernel`,
      kernel!,
      initialize(kernelInitializer, inputs, units, draw),
      recipe.kernelRegularizer?.l2,
    ),
  ];
  if (bias) {
    const values = initialize(biasInitializer, inputs, units, context.stream("bias"), units);
    parameters.push(parameter(`${name}.bias`, bias, values));
  }
  const activate = ACTIVATE[context.beforeLoss ? "linear" : activation];
  return {
    units,
    activation,
    initializer: describeInitializer(kernelInitializer),
    fanIn: inputs,
    fanOut: units,
    parameters,
    statistics: [],
    measured: true,
    forward: (x) => activate(layer.call(x, {}) as tf.Tensor2D),
  };
}
