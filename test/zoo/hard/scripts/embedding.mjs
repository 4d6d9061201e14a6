import * as tf from "@tensorflow/tfjs";
import { uniformSource } from "../../cases/data.mjs";

const seed = 1;
const uniform = uniformSource(seed * 1000 + 17);
const WORDS = 90;

/** Sentences of ten words; each class has thirty words that it prefers. */
function rows(count) {
  const inputs = [];
  const targets = [];
  for (let i = 0; i < count; i++) {
    const label = i % 3;
    inputs.push(
      Array.from({ length: 10 }, () =>
        Math.floor(uniform() < 0.6 ? label * 30 + uniform() * 30 : uniform() * WORDS),
      ),
    );
    targets.push([0, 1, 2].map((k) => (k === label ? 1 : 0)));
  }
  return [tf.tensor2d(inputs, undefined, "int32"), tf.tensor2d(targets)];
}
const [xTrain, yTrain] = rows(600);

const model = tf.sequential();
model.add(
  tf.layers.embedding({
    inputDim: WORDS,
    outputDim: 16,
    inputLength: 10,
    embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed }),
  }),
);
model.add(tf.layers.globalAveragePooling1d());
model.add(
  tf.layers.dense({
    units: 3,
    activation: "softmax",
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
  }),
);
model.compile({
  optimizer: tf.train.adam(0.01),
  loss: "categoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(xTrain, yTrain, { batchSize: 32, epochs: 8, validationData: rows(300) });

const [loss, accuracy] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
