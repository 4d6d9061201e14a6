import * as tf from "@tensorflow/tfjs";
import { makeData } from "../../cases/data.mjs";

const seed = 1;
const { train, validation } = makeData({ name: "digits", count: 1000 }, seed);
const tensors = ({ inputs, targets, count, features, outputs }) => [
  tf.tensor2d(inputs, [count, features]),
  tf.tensor2d(targets, [count, outputs]),
];
const [xTrain, yTrain] = tensors(train);

let layers = 0;
const dense = (options) =>
  tf.layers.dense({
    kernelInitializer: tf.initializers.heNormal({ seed: seed * 100 + layers++ }),
    ...options,
  });
const input = tf.input({ shape: [64] });
let x = dense({ units: 48, activation: "relu" }).apply(input);
for (let block = 0; block < 11; block++) {
  const normalized = tf.layers.batchNormalization({ momentum: 0.9 }).apply(x);
  const inner = dense({ units: 48, activation: "relu" }).apply(normalized);
  x = tf.layers.add().apply([x, dense({ units: 48 }).apply(inner)]);
}
const output = dense({ units: 10, activation: "softmax" }).apply(
  tf.layers.batchNormalization({ momentum: 0.9 }).apply(x),
);
const model = tf.model({ inputs: input, outputs: output });
model.compile({
  optimizer: tf.train.adam(0.001),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, {
  batchSize: 50,
  epochs: 12,
  validationData: tensors(validation),
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
