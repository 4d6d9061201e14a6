import * as tf from "@tensorflow/tfjs";
import { makeData } from "../../cases/data.mjs";

const seed = 1;
const { train, validation } = makeData({ name: "digits", count: 1000 }, seed);
const tensors = ({ inputs, targets, count, features, outputs }) => [
  tf.tensor2d(inputs, [count, features]),
  tf.tensor2d(targets, [count, outputs]),
];
const [xTrain, yTrain] = tensors(train);

const he = (k) => tf.initializers.heNormal({ seed: seed * 10 + k });
const lower = [
  tf.layers.dense({ inputShape: [64], units: 64, activation: "relu", kernelInitializer: he(1) }),
  tf.layers.dense({ units: 32, activation: "relu", kernelInitializer: he(2) }),
];

// The lower layers learn another task first: whether the digit is even.
const before = tf.sequential({ layers: lower });
const even = tf.layers.dense({ units: 1, kernelInitializer: he(3) });
before.add(even);
const isEven = tf.tensor2d(
  Array.from({ length: train.count }, (_, i) => [
    train.targets.subarray(i * 10, i * 10 + 10).indexOf(1) % 2,
  ]),
);
const first = tf.train.adam(0.003);
for (let step = 0; step < 150; step++) {
  first.minimize(() => tf.losses.sigmoidCrossEntropy(isEven, before.predict(xTrain)));
}

for (const layer of lower) layer.trainable = false;
const model = tf.sequential({ layers: lower });
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(4) }));
model.compile({
  optimizer: tf.train.adam(0.01),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs: 30,
  validationData: tensors(validation),
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
