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
model.add(tf.layers.dense({ units: 32, activation: "relu", kernelInitializer: he(2) }));
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(3) }));

const optimizer = tf.train.momentum(0.03, 0.9);
model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs: 30,
  validationData: tensors(validation),
  callbacks: {
    onEpochBegin: (epoch) => optimizer.setLearningRate(0.03 * 0.1 ** Math.floor(epoch / 10)),
  },
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
