import * as tf from "@tensorflow/tfjs";

const seed = 1;
const BITS = 5;

/** All patterns of five bits, as −1 and 1, and whether the number of ones is odd. */
const patterns = Array.from({ length: 2 ** BITS }, (_, number) =>
  Array.from({ length: BITS }, (_, bit) => (number >> bit) & 1),
);
const x = tf.tensor2d(patterns.map((bits) => bits.map((bit) => 2 * bit - 1)));
const y = tf.tensor2d(patterns.map((bits) => [bits.reduce((odd, bit) => odd ^ bit, 0)]));

const model = tf.sequential();
const glorot = (k) => tf.initializers.glorotNormal({ seed: seed * 10 + k });
model.add(
  tf.layers.dense({
    inputShape: [BITS],
    units: 32,
    activation: "tanh",
    kernelInitializer: glorot(1),
  }),
);
model.add(tf.layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: glorot(2) }));
model.compile({
  optimizer: tf.train.adam(0.005),
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(x, y, { batchSize: 16, epochs: 600 });

const [loss, accuracy] = model.evaluate(x, y).map((score) => score.dataSync()[0]);
console.log(`train: loss ${loss.toPrecision(5)}, accuracy ${accuracy.toPrecision(5)}`);
