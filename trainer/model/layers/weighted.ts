/** What dense layers and convolutions have in common: a kernel, perhaps a bias, an activation. */
import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import { DEFAULT_INITIALIZERS, type Initializer } from "../../../recipe/initializers.ts";
import type { weighted as schema } from "../../../recipe/layers/common.ts";
import { ACTIVATE } from "../activations.ts";
import { describeInitializer, initialize } from "../initializers.ts";
import { parameter, rateOf } from "../parameter.ts";
import type { BuildContext, BuiltLayer } from "./layer.ts";

type Settings = Type.Static<Type.TObject<typeof schema>>;

export interface Weighted {
  /** The kernel's; its last length is that of the units or channels. */
  kernelShape: number[];
  /** What the layer is without bias and activation. */
  apply(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor;
  /** Of one example that goes out. */
  shape: number[];
  fanIn: number;
  fanOut: number;
  /** How often a weight is used in one example. */
  uses: number;
}

/** Keras's defaults: glorotUniform kernel, zero bias; no bias where batch normalisation follows, which cancels it. */
export function weighted(
  recipe: Settings,
  context: BuildContext,
  { kernelShape, apply, shape, fanIn, fanOut, uses }: Weighted,
): BuiltLayer {
  const { activation = "linear", kernelRegularizer = {} } = recipe;
  const { name, followedBy } = context;
  const normalizedNext = activation === "linear" && followedBy === "batchNormalization";
  const useBias = recipe.useBias ?? !normalizedNext;
  const rate = rateOf(recipe.learningRateMultiplier, uses);
  const { kernelInitializer, biasInitializer } = { ...DEFAULT_INITIALIZERS, ...recipe };
  const start = (purpose: string, initializer: Initializer, of: number[]) => {
    const stream = context.stream(purpose);
    const values = initialize(initializer, of, {
      fanIn,
      fanOut,
      activation: context.meets,
      stream,
    });
    return { variable: tf.variable(tf.zeros(of)), values };
  };
  const kernel = start("kernel", kernelInitializer, kernelShape);
  const { l1 = 0, l2 = 0 } = kernelRegularizer;
  const parameters = [
    parameter(`${name}.kernel`, kernel.variable, kernel.values, { l1, l2, rate }),
  ];
  const bias = useBias ? start("bias", biasInitializer, kernelShape.slice(-1)) : undefined;
  if (bias) parameters.push(parameter(`${name}.bias`, bias.variable, bias.values, { rate }));
  const activate = ACTIVATE[context.beforeLoss ? "linear" : activation];
  return {
    shape,
    activation,
    initializer: describeInitializer(kernelInitializer, context.meets),
    fanIn,
    fanOut,
    parameters,
    statistics: [],
    measured: true,
    // Not the fused operations: their gradients compute that of the first layer's input, which nobody needs.
    forward: (x) => {
      const product = apply(x, kernel.variable);
      return activate(bias ? tf.add(product, bias.variable) : product);
    },
  };
}
