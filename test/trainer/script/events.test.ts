import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DataEvent, InitialEvent } from "../../../telemetry/events.ts";
import { ScriptFolder, type Trained } from "./script.ts";

/** One linear unit, one batch an epoch: all of it can be computed by hand. */
const LINEAR = `import * as tf from '@tensorflow/tfjs';
const x = tf.tensor2d([[1, 2], [3, -1], [0, 1], [2, 2]]);
const y = tf.tensor2d([[1], [2], [0], [5]]);
const model = tf.sequential();
model.add(
  tf.layers.dense({
    inputShape: [2],
    units: 1,
    kernelInitializer: tf.initializers.constant({ value: 0.5 }),
    kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
  }),
);
const optimizer = tf.train.sgd(0.1);
model.compile({
  optimizer,
  loss: 'meanSquaredError',
});
await model.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false, validationData: [x, y] });
`;

let folder: ScriptFolder;
beforeAll(() => {
  folder = new ScriptFolder();
});
afterAll(() => folder.remove());

describe("a script whose numbers are known", () => {
  let trained: Trained;
  beforeAll(async () => {
    trained = await folder.train(folder.write("linear.mjs", LINEAR));
  });

  test("says what is trained, and where in the script each part was made", () => {
    const { run } = trained;
    expect(run).toMatchObject({
      name: "linear",
      framework: "TensorFlow.js 4.22.0",
      backend: "cpu",
      optimizer: { name: "sgd", learningRate: 0.1 },
      loss: "meanSquaredError",
      batchSize: 4,
      epochs: 2,
      stepsPerEpoch: 1,
      inputShape: [2],
      shuffle: false,
      classes: null,
      examples: { train: 4, validation: 4, test: 0 },
    });
    expect(run.layers).toMatchObject([
      {
        type: "dense",
        activation: "linear",
        units: 1,
        parameters: 3,
        fanIn: 2,
        fanOut: 1,
        l2: 0.1,
      },
    ]);
    expect(run.layers[0]!.initializer).toBe("constant(value=0.5)");
    const lines = [
      run.layers[0]!.anchor,
      run.anchors.optimizer,
      run.anchors.loss,
      run.anchors.fit,
    ].map((anchor) => anchor?.line);
    expect(lines).toEqual([6, 13, 14, 18]);
    expect(run.anchors.fit).toEqual({ file: run.file, line: 18, column: 13 });
  });

  test("measures the data", () => {
    const data = trained.events.find((event) => event.kind === "data") as DataEvent;
    expect(data.features).toBe(2);
    expect(data.inputs).toMatchObject({ mean: 1.25, min: -1, max: 3 });
    expect(data.targets).toMatchObject({ kind: "number", outputs: 1, mean: 2, variance: 3.5 });
    // Validation is on the training rows.
    expect(data.repeated).toMatchObject({ train: 0, validation: 4 });
  });

  // Predictions 1.5, 1, 0.5, 2; errors 0.5, −1, 0.5, −3; mean of squares 10.5 / 4. The gradient of the mean is half of
  // Σ error · input, of which the kernel has (−8.5, −3.5) and the bias −3; the penalty adds 2 · 0.1 · 0.5 to the kernel's.
  const LOSS = 2.625;
  const GRADIENT = [-4.25 + 0.1, -1.75 + 0.1, -1.5];
  const norm = Math.hypot(...GRADIENT);

  test("measures the first update inside the script's own", () => {
    const [first] = trained.steps;
    expect(first).toMatchObject({ step: 1, epoch: 1, learningRate: 0.1, sampled: true });
    expect(first!.loss).toBeCloseTo(LOSS, 5);
    expect(first!.gradientNorm).toBeCloseTo(norm, 5);
    const weights = Math.sqrt(0.5);
    expect(first!.layers!.gradientNorm[0]).toBeCloseTo(norm, 3);
    expect(first!.layers!.weightNorm[0]).toBeCloseTo(weights, 4);
    expect(first!.layers!.updateRatio[0]).toBeCloseTo((0.1 * norm) / weights, 3);
    expect(first!.layers!.activationMean[0]).toBeCloseTo(1.25, 5);
  });

  test("tells the state before the first update", () => {
    const initial = trained.events.find((event) => event.kind === "initial") as InitialEvent;
    expect(initial.loss).toBeCloseTo(LOSS, 5);
    expect(initial.outputs).toMatchObject({ mean: 1.25, min: 0.5, max: 2 });
    expect(initial.layers.updateRatio).toEqual([null]);
    expect(trained.epochs[0]).toMatchObject({ epoch: 0, step: 0, train: { loss: LOSS } });
    expect(trained.epochs[0]!.validation).toEqual({ loss: LOSS });
  });

  test("gives training loss and validation loss alike, without the penalty", () => {
    // With the whole set as one batch the loss of a step is that of the epoch before.
    const [start, first, second] = trained.epochs;
    expect(first!.train["loss"]).toBeCloseTo(start!.validation!["loss"]!, 5);
    expect(second!.train["loss"]).toBeCloseTo(first!.validation!["loss"]!, 5);
    expect(trained.events.at(-1)).toMatchObject({
      kind: "end",
      status: "completed",
      step: 2,
      epoch: 2,
    });
    expect(
      trained.result.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).kind)
        .at(-1),
    ).toBe("summary");
  });
});

describe("what a model is made of", () => {
  test("nested models, frozen layers, a layer of the script's own, convolution and dropout", async () => {
    const file = folder.write(
      "parts.cjs",
      `const tf = require('@tensorflow/tfjs');
class Twice extends tf.layers.Layer {
  static className = 'Twice';
  call(inputs) { return tf.tidy(() => tf.mul(Array.isArray(inputs) ? inputs[0] : inputs, 2)); }
}
const inner = tf.sequential();
inner.add(tf.layers.conv2d({ inputShape: [4, 4, 2], filters: 3, kernelSize: 2, activation: 'relu', kernelInitializer: 'heNormal' }));
inner.add(tf.layers.flatten());
inner.layers[0].trainable = false;
const model = tf.sequential();
model.add(inner);
model.add(new Twice());
model.add(tf.layers.dropout({ rate: 0.25 }));
model.add(tf.layers.dense({ units: 4, activation: 'sigmoid', useBias: false, kernelInitializer: tf.initializers.randomNormal({ stddev: 0.05 }) }));
model.compile({ optimizer: tf.train.momentum(0.01, 0.9, true), loss: 'binaryCrossentropy' });
const x = tf.randomNormal([20, 4, 4, 2]);
const y = tf.tensor2d(Array.from({ length: 20 }, (_, i) => [1, i % 2, 0, 1]));
model.fit(x, y, { epochs: 1, batchSize: 10 });
`,
    );
    const { run, steps, events, epochs } = await folder.train(file);
    expect(run.layers).toMatchObject([
      {
        type: "conv2d",
        activation: "relu",
        units: 3,
        parameters: 27,
        fanIn: 8,
        fanOut: 12,
        initializer: "heNormal",
        trainable: false,
      },
      { type: "flatten", parameters: 0, initializer: null },
      { type: "twice", activation: null, units: 27 },
      { type: "dropout", rate: 0.25 },
      {
        type: "dense",
        activation: "sigmoid",
        initializer: "randomNormal(stddev=0.05)",
        bias: false,
        trainable: true,
      },
    ]);
    expect(run.layers.map(({ anchor }) => anchor?.line)).toEqual([7, 8, 12, 13, 14]);
    expect(run.optimizer).toMatchObject({
      name: "sgd",
      settings: { momentum: 0.9, nesterov: true, momentumForm: "torch" },
    });
    // Rows with three or two labels each.
    expect(events.find((event) => event.kind === "data")).toMatchObject({
      targets: { kind: "labels" },
      labels: [{ count: 20 }, { count: 10 }, { count: 0 }, { count: 20 }],
    });
    expect(run.classes).toBeNull();
    const { gradientNorm, activationStd, silent } = steps[0]!.layers!;
    expect(gradientNorm.map((value) => value === null)).toEqual([true, true, true, true, false]);
    expect(activationStd.map((value) => value === null)).toEqual([false, true, false, true, false]);
    expect(activationStd[2]! / activationStd[0]!).toBeCloseTo(2, 3);
    expect(silent[0]).not.toBeNull();
    expect(epochs.at(-1)!.validation).toBeNull();
  });

  test("fitDataset and trainOnBatch", async () => {
    const file = folder.write(
      "ways.mjs",
      `import * as tf from '@tensorflow/tfjs';
const make = () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
};
const model = make();
const data = tf.data.array(Array.from({ length: 12 }, (_, i) => ({ xs: [i / 12, 1], ys: [i / 6] }))).batch(5);
await model.fitDataset(data, { epochs: 2, validationData: data });
await model.trainOnBatch(tf.ones([3, 2]), tf.ones([3, 1]));
const other = make();
await other.trainOnBatch(tf.ones([3, 2]), tf.ones([3, 1]));
`,
    );
    const { run, steps, epochs, events } = await folder.train(file);
    expect(run).toMatchObject({ batchSize: 5, stepsPerEpoch: 3, epochs: 2 });
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 3],
      [2, 6],
    ]);
    expect(epochs[1]!.validation).toHaveProperty("loss");
    const messages = events.flatMap((event) =>
      event.kind === "message" && event.level === "warning" ? [event.text] : [],
    );
    expect(messages).toEqual([expect.stringContaining("more than one model")]);
    expect(events.at(-1)).toMatchObject({ kind: "end", status: "completed", step: 7 });
  });
});
