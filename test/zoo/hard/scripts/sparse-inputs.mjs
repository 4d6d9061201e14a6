import * as tf from "@tensorflow/tfjs";
import { uniformSource } from "../../cases/data.mjs";

const seed = 1;
const uniform = uniformSource(seed * 1000 + 17);
const WORDS = 200;

/** Bags of six words; each class has fifty words that it prefers. */
function rows(count) {
  const inputs = [];
  const targets = [];
  for (let i = 0; i < count; i++) {
    const label = i % 4;
    const row = new Array(WORDS).fill(0);
    for (let word = 0; word < 6; word++) {
      const own = uniform() < 0.7;
      row[Math.floor(own ? label * 50 + uniform() * 50 : uniform() * WORDS)] = 1;
    }
    inputs.push(row);
    targets.push([0, 1, 2, 3].map((k) => (k === label ? 1 : 0)));
  }
  return [tf.tensor2d(inputs), tf.tensor2d(targets)];
}
const [xTrain, yTrain] = rows(2000);

const model = tf.sequential();
const glorot = (k) => tf.initializers.glorotUniform({ seed: seed * 10 + k });
model.add(
  tf.layers.dense({
    inputShape: [WORDS],
    units: 32,
    activation: "relu",
    kernelInitializer: glorot(1),
  }),
);
model.add(tf.layers.dense({ units: 4, activation: "softmax", kernelInitializer: glorot(2) }));
model.compile({
  optimizer: tf.train.adam(0.002),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, { batchSize: 32, epochs: 8, validationData: rows(600) });

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
