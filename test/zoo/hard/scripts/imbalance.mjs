import * as tf from "@tensorflow/tfjs";
import { normalSource, uniformSource } from "../../cases/data.mjs";

const seed = 1;
const normal = normalSource(uniformSource(seed * 1000 + 17));

/** One row in nine is of the rare class, which lies 2.5 deviations off. */
function rows(count) {
  const inputs = [];
  const targets = [];
  for (let i = 0; i < count; i++) {
    const rare = i % 9 === 0;
    inputs.push(Array.from({ length: 8 }, (_, j) => normal() + (rare && j < 4 ? 2.5 : 0)));
    targets.push([rare ? 1 : 0]);
  }
  return [tf.tensor2d(inputs), tf.tensor2d(targets)];
}
const [xTrain, yTrain] = rows(900);

const model = tf.sequential();
const glorot = (k) => tf.initializers.glorotNormal({ seed: seed * 10 + k });
model.add(
  tf.layers.dense({ inputShape: [8], units: 16, activation: "relu", kernelInitializer: glorot(1) }),
);
model.add(tf.layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: glorot(2) }));
model.compile({
  optimizer: tf.train.adam(0.005),
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, { batchSize: 32, epochs: 20, validationData: rows(360) });

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
