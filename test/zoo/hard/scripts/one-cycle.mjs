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

const epochs = 20;
const steps = epochs * Math.ceil(700 / 32);
const lowest = 0.001;
const highest = 0.02;
const optimizer = tf.train.adam(lowest);
model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });

let step = 0;
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs,
  validationData: tensors(validation),
  callbacks: {
    onBatchBegin: () => {
      const at = step++ / steps;
      const [from, to, share] =
        at < 0.3 ? [lowest, highest, at / 0.3] : [highest, lowest / 100, (at - 0.3) / 0.7];
      optimizer.learningRate = to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
    },
  },
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
