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
const model = tf.sequential();
model.add(
  tf.layers.dense({ inputShape: [64], units: 64, activation: "relu", kernelInitializer: he(1) }),
);
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(2) }));
model.compile({
  optimizer: tf.train.adam(0.01),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs: 200,
  validationData: tensors(validation),
  callbacks: tf.callbacks.earlyStopping({ monitor: "val_loss", minDelta: 0.002, patience: 4 }),
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
