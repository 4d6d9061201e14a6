import * as tf from "@tensorflow/tfjs-core";
import type Type from "typebox";
import type { prelu as schema } from "../../../recipe/layers/prelu.ts";
import { initialize } from "../initializers.ts";
import { parameter, rateOf } from "../parameter.ts";
import { type BuildContext, type BuiltLayer, PASSIVE } from "./layer.ts";

/** x above 0 and α · x below, one α a unit or channel; it starts at 0.25 (He et al. 2015). */
export function prelu(
  {
    alphaInitializer = { type: "constant", value: 0.25 },
    learningRateMultiplier,
  }: Type.Static<typeof schema>,
  { name, shape, stream }: BuildContext,
): BuiltLayer {
  const units = shape.at(-1)!;
  const alpha = tf.variable(tf.zeros([units]));
  const start = initialize(alphaInitializer, [units], {
    fanIn: units,
    fanOut: units,
    activation: "leakyRelu",
    stream: stream("alpha"),
  });
  // Every pixel uses a channel's slope.
  const uses = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const rate = rateOf(learningRateMultiplier, uses);
  return {
    ...PASSIVE,
    shape,
    parameters: [parameter(`${name}.alpha`, alpha, start, { rate })],
    measured: true,
    forward: (x) => tf.prelu(x, alpha),
  };
}
