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
  tf.layers.dense({ inputShape: [64], units: 128, activation: "relu", kernelInitializer: he(1) }),
);
model.add(tf.layers.dense({ units: 128, activation: "relu", kernelInitializer: he(2) }));
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(3) }));

const peak = 1;
const epochs = 25;
const steps = epochs * Math.ceil(700 / 32);
const warmUp = 0.1 * steps;
const optimizer = tf.train.sgd(1e-6);
model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });

let step = 0;
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs,
  validationData: tensors(validation),
  callbacks: {
    onBatchBegin: () => {
      const fall = (step - warmUp) / (steps - warmUp);
      const rate = step < warmUp ? (step + 1) / warmUp : (1 + Math.cos(Math.PI * fall)) / 2;
      optimizer.setLearningRate(peak * rate + 1e-6);
      step++;
    },
  },
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
