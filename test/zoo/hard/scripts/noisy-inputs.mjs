import * as tf from "@tensorflow/tfjs";
import { makeData, normalSource, uniformSource } from "../../cases/data.mjs";

const seed = 1;
const { train, validation } = makeData({ name: "digits", count: 1000 }, seed);
const tensors = ({ inputs, targets, count, features, outputs }) => [
  tf.tensor2d(inputs, [count, features]),
  tf.tensor2d(targets, [count, outputs]),
];
const [xTrain, yTrain] = tensors(train);
const normal = normalSource(uniformSource(seed + 5));
const batchSize = 35;

function* batches() {
  for (let first = 0; first < train.count; first += batchSize) {
    const clean = train.inputs.subarray(first * 64, (first + batchSize) * 64);
    yield {
      xs: tf.tensor2d(
        clean.map((value) => value + 0.4 * normal()),
        [batchSize, 64],
      ),
      ys: tf.tensor2d(train.targets.subarray(first * 10, (first + batchSize) * 10), [
        batchSize,
        10,
      ]),
    };
  }
}

const he = (k) => tf.initializers.heNormal({ seed: seed * 10 + k });
const model = tf.sequential();
model.add(
  tf.layers.dense({ inputShape: [64], units: 64, activation: "relu", kernelInitializer: he(1) }),
);
model.add(tf.layers.dense({ units: 10, activation: "softmax", kernelInitializer: he(2) }));
model.compile({
  optimizer: tf.train.adam(0.002),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fitDataset(tf.data.generator(batches), {
  epochs: 25,
  validationData: tensors(validation),
});

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
