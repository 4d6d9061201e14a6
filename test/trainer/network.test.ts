import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Recipe, RecipeLayer } from "../../recipe/schema.ts";
import type { Backend } from "../../trainer/backends/backend.ts";
import { startBackend } from "../../trainer/backends/index.ts";
import type { Dataset } from "../../trainer/data/dataset.ts";
import { buildNetwork } from "../../trainer/model/build.ts";
import type { Network } from "../../trainer/model/network.ts";
import { show } from "../../trainer/model/parameter.ts";

const ROWS = 12;
const WIDTH = 5;
const inputs = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => Math.sin(i * 3.7) * 1.5);

function data(classes: number): Dataset {
  const part = {
    rows: ROWS,
    inputs,
    targets: Float32Array.from({ length: ROWS }, (_, i) => i % classes),
  };
  return {
    features: Array.from({ length: WIDTH }, (_, i) => `x${i}`),
    label: "y",
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    train: part,
    validation: part,
    test: part,
  };
}

function build(
  layers: RecipeLayer[],
  backend: Backend,
  loss: Recipe["loss"] = "sparseCategoricalCrossentropy",
  classes = 3,
) {
  const recipe: Recipe = {
    data: { csv: "x", label: "y" },
    layers,
    loss,
    optimizer: { type: "sgd", learningRate: 0.1 },
    batchSize: ROWS,
    epochs: 1,
  };
  return {
    network: buildNetwork(recipe, data(classes), 1, backend),
    targets: data(classes).train.targets,
  };
}

const ignore = () => {};

/** Loss of a training pass, and the gradients by parameter. */
function pass(network: Network, targets: Float32Array, backend: Backend) {
  const gradients: Float32Array[] = [];
  const { loss } = network.gradients(inputs, targets, ignore, (all) => {
    for (const gradient of all) gradients.push(backend.view(gradient).slice());
  });
  return { loss: loss / targets.length, gradients };
}

const dense = (units: number, activation: string, more = {}) =>
  ({
    type: "dense",
    units,
    activation,
    kernelInitializer: "glorotNormal",
    biasInitializer: { type: "randomUniform", minval: -0.3, maxval: 0.3 },
    ...more,
  }) as RecipeLayer;
const output = { type: "dense", units: 3, activation: "softmax" } as RecipeLayer;

const NETS: [string, RecipeLayer[], Recipe["loss"], number][] = [
  ...["linear", "sigmoid", "tanh", "relu", "leakyRelu", "elu", "selu"].map(
    (name): [string, RecipeLayer[], Recipe["loss"], number] => [
      `dense ${name}`,
      [dense(6, name), output],
      "sparseCategoricalCrossentropy",
      3,
    ],
  ),
  [
    "dense without bias",
    [dense(6, "tanh", { useBias: false }), output],
    "categoricalCrossentropy",
    3,
  ],
  [
    "batchNormalization",
    [
      dense(6, "linear"),
      { type: "batchNormalization" },
      { type: "activation", activation: "tanh" },
      output,
    ],
    "sparseCategoricalCrossentropy",
    3,
  ],
  [
    "softmax as a layer",
    [dense(6, "tanh"), { type: "dense", units: 3 }, { type: "activation", activation: "softmax" }],
    "sparseCategoricalCrossentropy",
    3,
  ],
  ["binary crossentropy", [dense(6, "tanh"), dense(1, "sigmoid")], "binaryCrossentropy", 2],
  ["mean squared error", [dense(6, "tanh"), dense(1, "linear")], "meanSquaredError", 3],
  [
    "mean squared error of a sigmoid",
    [dense(6, "tanh"), dense(1, "sigmoid")],
    "meanSquaredError",
    3,
  ],
];

describe.each(["wasm", "cpu"])("on %s", (name) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startBackend(name);
  });

  it.each(NETS)("gradients of %s are the numeric ones", (_what, layers, loss, classes) => {
    const { network, targets } = build(layers, backend, loss, classes);
    const { gradients } = pass(network, targets, backend);
    const h = 2 ** -9;
    let corners = 0;
    let checked = 0;
    network.parameters.forEach((parameter, p) => {
      for (let i = 0; i < parameter.values.length; i += 2) {
        const at = (d: number) => {
          const values = parameter.values.slice();
          values[i]! += d;
          show(parameter, values);
          return pass(network, targets, backend).loss;
        };
        const right = (at(h) - at(0)) / h;
        const left = (at(0) - at(-h)) / h;
        show(parameter, parameter.values);
        checked++;
        // A relu may have its corner in between; then there is no one slope to compare with.
        if (Math.abs(right - left) > 0.004) corners++;
        else {
          const numeric = (right + left) / 2;
          expect(Math.abs(gradients[p]![i]! - numeric), `${parameter.name}[${i}]`).toBeLessThan(
            3e-3,
          );
        }
      }
    });
    expect(corners).toBeLessThan(checked / 3);
  });

  it("drops inputs in training, other ones each time, and passes them unchanged in evaluation", () => {
    const { network, targets } = build([{ type: "dropout", rate: 0.4 }, output], backend);
    const seen = () => {
      let dropped = new Float32Array(0);
      network.gradients(
        inputs,
        targets,
        (layer, out) => {
          if (layer === 0) dropped = out.slice();
        },
        ignore,
      );
      return dropped;
    };
    const first = seen();
    expect(first).not.toEqual(seen());
    for (const [i, value] of first.entries()) {
      if (value !== 0) expect(value).toBeCloseTo(inputs[i]! / 0.6, 5);
    }
    let evaluated = new Float32Array(0);
    network.evaluate(inputs, targets, (layer, out) => {
      if (layer === 0) evaluated = out.slice();
    });
    expect(evaluated).toEqual(inputs);
  });

  it("keeps the expectation under dropout: mean of many masks of 1 to 8 is 4.5 (S0-24)", () => {
    const { network } = build([{ type: "dropout", rate: 0.5 }, output], backend);
    const rows = 20_000;
    const x = Float32Array.from({ length: rows * WIDTH }, (_, i) => (i % 8) + 1);
    let sum = 0;
    network.gradients(
      x,
      new Float32Array(rows),
      (layer, out) => {
        if (layer === 0) for (const value of out) sum += value;
      },
      ignore,
    );
    // Deviation of the mean: 5.05 / √100000 = 0.016.
    expect(Math.abs(sum / x.length - 4.5)).toBeLessThan(0.05);
  });

  it("normalises each unit over the batch, and by running figures in evaluation (S1-16)", () => {
    const layers: RecipeLayer[] = [{ type: "batchNormalization", momentum: 0 }, output];
    const { network, targets } = build(layers, backend);
    const outputs: Float32Array[] = [];
    const see = (layer: number, out: Float32Array) => {
      if (layer === 0) outputs.push(out.slice());
    };
    network.gradients(inputs, targets, see, ignore);
    network.evaluate(inputs, targets, see);
    for (let unit = 0; unit < WIDTH; unit++) {
      const values = outputs[0]!.filter((_, i) => i % WIDTH === unit);
      const mean = values.reduce((a, b) => a + b, 0) / ROWS;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / ROWS;
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(variance).toBeCloseTo(1, 4);
    }
    // Momentum 0 takes over the last batch's figures: the same batch gives the same in evaluation.
    outputs[1]!.forEach((value, i) => {
      expect(value).toBeCloseTo(outputs[0]![i]!, 4);
    });
  });

  it("starts evaluating with running mean 0 and variance 1, and follows slowly", () => {
    const { network, targets } = build([{ type: "batchNormalization" }, output], backend);
    const [mean, variance] = network.statistics;
    expect([...backend.view(mean!.variable)]).toEqual([0, 0, 0, 0, 0]);
    expect([...backend.view(variance!.variable)]).toEqual([1, 1, 1, 1, 1]);
    network.gradients(inputs, targets, ignore, ignore);
    const columnMean = inputs.filter((_, i) => i % WIDTH === 0).reduce((a, b) => a + b, 0) / ROWS;
    expect(backend.view(mean!.variable)[0]).toBeCloseTo(0.01 * columnMean, 6);
  });

  it("gives a bias in front of batch normalisation no gradient (S1-19)", () => {
    const { network, targets } = build(
      [dense(6, "linear"), { type: "batchNormalization" }, output],
      backend,
    );
    const { gradients } = pass(network, targets, backend);
    for (const value of gradients[1]!) expect(Math.abs(value)).toBeLessThan(1e-6);
  });

  it.each(["relu", "leakyRelu", "elu", "selu", "tanh", "sigmoid", "linear"])(
    "shows a broken weight through %s, in training and evaluation",
    (activation) => {
      for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const { network, targets } = build(
          [dense(6, "linear"), dense(6, activation), output],
          backend,
        );
        const kernel = network.parameters[0]!;
        show(
          kernel,
          kernel.values.map(() => broken),
        );
        const { loss } = network.evaluate(inputs, targets, ignore);
        // ∞ · x + ∞ · −x is NaN, of the sign that the backend's own relu takes for a negative number.
        if (activation !== "tanh" && activation !== "sigmoid") expect(loss).toBeNaN();
        if (Number.isNaN(broken)) expect(loss).toBeNaN();
        if (Number.isNaN(loss)) expect(pass(network, targets, backend).loss).toBeNaN();
      }
    },
  );

  it("trains the same whatever the backend's memory holds, and leaks no tensor", () => {
    const layers: RecipeLayer[] = [
      dense(8, "relu"),
      { type: "batchNormalization" },
      { type: "dropout", rate: 0.2 },
      output,
    ];
    const { network, targets } = build(layers, backend);
    pass(network, targets, backend);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 20; i++) {
      pass(network, targets, backend);
      network.evaluate(inputs, targets, ignore);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

it("gives the same on both backends", async () => {
  const losses: number[] = [];
  for (const name of ["wasm", "cpu"]) {
    const backend = await startBackend(name);
    const { network, targets } = build([dense(16, "relu"), dense(16, "tanh"), output], backend);
    losses.push(pass(network, targets, backend).loss);
  }
  expect(losses[0]).toBeCloseTo(losses[1]!, 5);
});

it("says how many units the last layer needs, at its place", async () => {
  const backend = await startBackend("cpu");
  const eight = [{ ...output, units: 8 } as RecipeLayer];
  expect(() => build(eight, backend)).toThrow(
    "The last layer has 8 units, and column y has 3 classes: set units to 3.",
  );
  expect(() => build([dense(2, "sigmoid")], backend, "binaryCrossentropy", 2)).toThrow(
    "The last layer has 2 units, and binaryCrossentropy of one column needs 1: set units to 1.",
  );
  try {
    build([dense(4, "relu"), ...eight], backend);
  } catch (error) {
    expect(error).toMatchObject({ where: { recipe: ["layers", 1, "units"] } });
  }
  expect(() => build([output, { type: "dropout", rate: 0.1 }], backend)).toThrow(
    /must not be the last layer/,
  );
});
