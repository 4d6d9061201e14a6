/** Trains by TensorFlow.js's own optimizer and loss: what is tested is the network. */
import * as tf from "@tensorflow/tfjs-core";
import type { Generated } from "../../../trainer/data/generators/generator.ts";
import type { Network } from "../../../trainer/model/network.ts";

/** Adam on all examples at once, their targets the numbers of classes. @returns mean loss and right answers in the end, as evaluated */
export function descend(
  network: Network,
  { inputs, targets }: Generated,
  steps: number,
  learningRate: number,
): { loss: number; correct: number } {
  const rows = targets.length;
  const classes = network.layers.at(-1)!.shape[0]!;
  const optimizer = tf.train.adam(learningRate);
  const variables = network.parameters.map(({ variable }) => variable);
  const lossOf = (values: tf.Tensor2D) => {
    const labels = tf.oneHot(tf.tensor1d(targets, "int32"), classes);
    return tf.losses.softmaxCrossEntropy(labels, values) as tf.Scalar;
  };
  const forward = (training: boolean) => network.forward(inputs, rows, training, () => {});
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => lossOf(forward(true)), false, variables);
  }
  optimizer.dispose();
  return tf.tidy(() => {
    const values = forward(false);
    const guesses = tf.argMax(values, 1).dataSync();
    const correct = targets.filter((target, row) => guesses[row] === target).length;
    return { loss: lossOf(values).dataSync()[0]!, correct } as never;
  });
}
