import * as tf from "@tensorflow/tfjs";
import { normalSource, uniformSource } from "../../cases/data.mjs";

const seed = 1;
const normal = normalSource(uniformSource(seed * 1000 + 17));

/** Log-normal targets: the largest of them are ten deviations off, and all follow from the inputs. */
function rows(count) {
  const inputs = Array.from({ length: count }, () => Array.from({ length: 4 }, normal));
  const targets = inputs.map(([a, b, c]) =>
    Math.exp(0.8 * a - 0.6 * b + 0.3 * c + 0.05 * normal()),
  );
  return { inputs, targets };
}
const [train, validation] = [rows(800), rows(300)];
const mean = train.targets.reduce((sum, y) => sum + y, 0) / 800;
const deviation = Math.sqrt(train.targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 800);
const tensors = ({ inputs, targets }) => [
  tf.tensor2d(inputs),
  tf.tensor2d(targets.map((y) => [(y - mean) / deviation])),
];
const [xTrain, yTrain] = tensors(train);

const model = tf.sequential();
const he = (k) => tf.initializers.heNormal({ seed: seed * 10 + k });
model.add(
  tf.layers.dense({ inputShape: [4], units: 64, activation: "relu", kernelInitializer: he(1) }),
);
model.add(tf.layers.dense({ units: 32, activation: "relu", kernelInitializer: he(2) }));
model.add(tf.layers.dense({ units: 1, kernelInitializer: he(3) }));
model.compile({ optimizer: tf.train.adam(0.003), loss: "meanSquaredError", metrics: ["mse"] });
await model.fit(xTrain, yTrain, {
  batchSize: 32,
  epochs: 40,
  validationData: tensors(validation),
});

const [loss, mse] = model.evaluate(xTrain, yTrain).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, mse ${mse.toPrecision(5)}`);
