import * as tf from "@tensorflow/tfjs";
import { makeData } from "../../cases/data.mjs";

const seed = 1;
const { train, validation } = makeData({ name: "digits", count: 1000 }, seed);
const tensors = ({ inputs, targets, count, outputs }) => [
  tf.tensor4d(inputs, [count, 8, 8, 1]),
  tf.tensor2d(targets, [count, outputs]),
];
const [xTrain, yTrain] = tensors(train);

const he = (k) => tf.initializers.heNormal({ seed: seed * 10 + k });
const model = tf.sequential();
model.add(
  tf.layers.conv2d({
    inputShape: [8, 8, 1],
    filters: 16,
    kernelSize: 3,
    activation: "relu",
    kernelInitializer: he(1),
  }),
);
model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
model.add(
  tf.layers.conv2d({ filters: 32, kernelSize: 2, activation: "relu", kernelInitializer: he(2) }),
);
model.add(tf.layers.flatten());
model.add(tf.layers.dropout({ rate: 0.3, seed }));
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(3) }));
model.compile({
  optimizer: tf.train.adam(0.003),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs: 15,
  validationData: tensors(validation),
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
