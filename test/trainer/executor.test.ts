/** The host's way to carry out updates and evaluations, with real networks. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Recipe, RecipeLayer, RecipeOptimizer } from "../../recipe/schema.ts";
import type { Backend } from "../../trainer/backends/backend.ts";
import { startBackend } from "../../trainer/backends/index.ts";
import type { Dataset } from "../../trainer/data/dataset.ts";
import { ENCODINGS } from "../../trainer/data/encoding.ts";
import type { Executor } from "../../trainer/loop/executor.ts";
import { buildNetwork } from "../../trainer/model/build.ts";
import { Streams } from "../../trainer/random.ts";

const ROWS = 12;
const WIDTH = 5;
const inputs = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => Math.sin(i * 3.7) * 1.5);

interface Problem {
  layers: RecipeLayer[];
  loss?: Recipe["loss"];
  classes?: number;
  targets?: NonNullable<Recipe["data"]["targets"]>;
  optimizer?: RecipeOptimizer;
}

async function build(
  backend: Backend,
  {
    layers,
    loss = "sparseCategoricalCrossentropy",
    classes = 3,
    targets = "values",
    optimizer = { type: "sgd", learningRate: 0.1 },
  }: Problem,
  streams = new Streams(1),
) {
  const part = {
    rows: ROWS,
    inputs,
    targets: Float32Array.from({ length: ROWS }, (_, i) => i % classes),
  };
  const recipe: Recipe = {
    data: { csv: "x", label: "y", targets },
    layers,
    loss,
    optimizer,
    batchSize: ROWS,
    epochs: 1,
  };
  const data: Dataset = {
    shape: [WIDTH],
    label: "y",
    classes:
      targets === "values" && loss === "meanSquaredError"
        ? null
        : ["a", "b", "c"].slice(0, classes),
    encoding: ENCODINGS[targets](classes),
    ...{ train: part, validation: part, test: part, testKey: "" },
  };
  const network = await buildNetwork(recipe, data, streams);
  return { network, executor: backend.execute(network, optimizer), batch: part };
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
const output = dense(3, "softmax");

const HEADS: [string, Problem][] = [
  ["softmax crossentropy", { layers: [dense(6, "tanh"), output] }],
  [
    "softmax as a layer",
    {
      layers: [dense(6, "tanh"), dense(3, "linear"), { type: "activation", activation: "softmax" }],
      loss: "categoricalCrossentropy",
    },
  ],
  [
    "binary crossentropy",
    { layers: [dense(6, "tanh"), dense(1, "sigmoid")], loss: "binaryCrossentropy", classes: 2 },
  ],
  [
    "squared error of values",
    { layers: [dense(6, "tanh"), dense(1, "linear")], loss: "meanSquaredError" },
  ],
  [
    "squared error of a tanh with targets ±1",
    {
      layers: [dense(6, "tanh"), dense(1, "tanh")],
      loss: "meanSquaredError",
      targets: "plusMinusOne",
      classes: 2,
    },
  ],
  [
    "squared error of a sigmoid for each class",
    {
      layers: [dense(6, "tanh"), dense(3, "sigmoid")],
      loss: "meanSquaredError",
      targets: "oneHot",
    },
  ],
  [
    "crossentropy behind batch normalisation",
    {
      layers: [
        dense(6, "linear"),
        { type: "batchNormalization" },
        { type: "activation", activation: "tanh" },
        output,
      ],
    },
  ],
];

/** Loss of a training pass with these weights; the update that follows it does not count. */
async function lossAt(
  executor: Executor,
  weights: Map<string, Float32Array>,
  batch: Dataset["train"],
) {
  executor.restore(weights);
  return (await executor.step(batch, 1e-30)).totals.loss / ROWS;
}

describe.each(["wasm", "cpu"])("on %s", (name) => {
  let backend: Backend;
  beforeAll(async () => {
    ({ backend } = await startBackend(name, process.cwd()));
  });

  it.each(HEADS)("follows the slope of the mean loss: %s", async (_what, problem) => {
    const { network, executor, batch } = await build(backend, problem);
    const start = await executor.snapshot();
    await executor.step(batch, 1);
    const after = await executor.snapshot();
    const h = 2 ** -8;
    for (const { name: key } of network.parameters) {
      const values = start.get(key)!;
      for (let i = 0; i < values.length; i += 2) {
        const at = (d: number) => {
          const moved = values.slice();
          moved[i]! += d;
          return lossAt(executor, new Map([...start, [key, moved]]), batch);
        };
        const slope = ((await at(h)) - (await at(-h))) / (2 * h);
        const followed = values[i]! - after.get(key)![i]!;
        expect(Math.abs(followed - slope), `${key}[${i}]`).toBeLessThan(5e-4);
      }
    }
  });

  it.each(HEADS.slice(0, -1))("judges in evaluation as in training: %s", async (_what, problem) => {
    const { executor, batch } = await build(backend, problem);
    const evaluated = await executor.evaluate(batch.inputs, batch.targets, false);
    const { totals, rowLosses } = await executor.step(batch, 0.1);
    expect(totals.loss).toBeCloseTo(evaluated.loss, 4);
    expect(totals.correct).toBe(evaluated.correct);
    const sum = rowLosses.reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(totals.loss, 4);
    expect(rowLosses).toHaveLength(ROWS);
  });

  it.each(HEADS)("gives the outputs that the loss is made of: %s", async (_what, problem) => {
    const { network, executor, batch } = await build(backend, problem);
    const outputs = await executor.outputs(batch);
    const units = outputs.length / ROWS;
    const { activation } = network.layers.at(-1)!;
    for (let row = 0; row < ROWS; row++) {
      const values = outputs.subarray(row * units, (row + 1) * units);
      if (activation === "softmax") expect(values.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      if (activation === "sigmoid") expect(values.every((x) => x > 0 && x < 1)).toBe(true);
    }
    const { loss } = await executor.evaluate(batch.inputs, batch.targets, false);
    if (activation !== "softmax") return;
    const expected = Array.from(
      batch.targets,
      (target, row) => -Math.log(outputs[row * units + target]!),
    );
    expect(loss).toBeCloseTo(
      expected.reduce((a, b) => a + b),
      4,
    );
  });

  it("counts silent units over all that it sees of an epoch", async () => {
    const closed = { type: "constant", value: -100 };
    const layers = [dense(4, "relu", { biasInitializer: closed }), dense(6, "relu"), output];
    const { executor, batch } = await build(backend, { layers });
    const { activations } = await executor.step(batch, 1e-30);
    expect(activations.map(({ silent }) => silent)).toEqual([1, expect.any(Number), null]);
    expect((await executor.endEpoch())[0]).toBe(1);
    // Nothing was seen of the next epoch yet; an evaluation counts only where it is asked to.
    await executor.evaluate(batch.inputs, batch.targets, false);
    expect((await executor.endEpoch()).slice(0, 2)).toEqual([1, 1]);
    await executor.evaluate(batch.inputs, batch.targets, true);
    expect((await executor.endEpoch())[1]).toBeLessThan(1);
  });

  const memorable: RecipeLayer[] = [
    dense(8, "linear"),
    { type: "batchNormalization" },
    { type: "activation", activation: "relu" },
    { type: "dropout", rate: 0.3 },
    output,
  ];

  it("takes copies that later steps leave alone, and goes back to them bit for bit", async () => {
    const { executor, batch, network } = await build(backend, { layers: memorable });
    await executor.step(batch, 0.1);
    const kept = await executor.snapshot();
    const copy = new Map([...kept].map(([key, values]) => [key, values.slice()]));
    expect([...kept.keys()].sort()).toEqual(
      [...network.parameters, ...network.statistics].map((each) => each.name).sort(),
    );
    for (let i = 0; i < 3; i++) await executor.step(batch, 0.1);
    expect(kept).toEqual(copy);
    expect(await executor.snapshot()).not.toEqual(copy);
    executor.restore(kept);
    expect(await executor.snapshot()).toEqual(copy);
  });

  it.each<[string, RecipeOptimizer]>([
    ["nesterov", { type: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: true }],
    ["momentum", { type: "sgd", learningRate: 0.1, momentum: 0.9 }],
    ["rmsprop", { type: "rmsprop" }],
    ["adam", { type: "adam" }],
  ])(
    "hands all of itself to another one, which goes on bit for bit: %s",
    async (_what, optimizer) => {
      const streams = [new Streams(1), new Streams(1)] as const;
      const first = await build(backend, { layers: memorable, optimizer }, streams[0]);
      for (let i = 0; i < 5; i++) await first.executor.step(first.batch, 0.05);
      const state = await first.executor.state();
      const drawn = structuredClone(streams[0].state());
      const losses = async ({ executor, batch }: typeof first) => {
        const all: number[] = [];
        for (let i = 0; i < 5; i++) all.push((await executor.step(batch, 0.05)).totals.loss);
        return [all, await executor.endEpoch(), await executor.snapshot()];
      };
      const uninterrupted = await losses(first);
      const second = await build(backend, { layers: memorable, optimizer }, streams[1]);
      streams[1].restore(drawn);
      second.executor.resume(state);
      expect(await losses(second)).toEqual(uninterrupted);
    },
  );

  it("evaluates a look-ahead optimizer's real weights when it is told to", async () => {
    const optimizer: RecipeOptimizer = {
      type: "sgd",
      learningRate: 0.1,
      momentum: 0.9,
      nesterov: true,
    };
    const { executor, batch } = await build(backend, { layers: [output], optimizer });
    for (let i = 0; i < 4; i++) await executor.step(batch, 0.1);
    const loss = async () => (await executor.evaluate(batch.inputs, batch.targets, false)).loss;
    const ahead = await loss();
    executor.showReal();
    const real = await loss();
    expect(real).not.toBe(ahead);
    const plain = await build(backend, { layers: [output] });
    plain.executor.restore(await executor.snapshot());
    const { batch: same } = plain;
    expect((await plain.executor.evaluate(same.inputs, same.targets, false)).loss).toBe(real);
    executor.showTraining();
    expect(await loss()).toBe(ahead);
  });

  it.each(["relu", "leakyRelu", "elu", "selu", "gelu", "swish", "tanh", "sigmoid", "linear"])(
    "shows a broken weight through %s, in training and evaluation",
    async (activation) => {
      for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const layers = [dense(6, "linear", { name: "first" }), dense(6, activation), output];
        const { executor, batch } = await build(backend, { layers });
        const weights = await executor.snapshot();
        executor.restore(weights.set("first.kernel", weights.get("first.kernel")!.fill(broken)));
        const { loss } = await executor.evaluate(batch.inputs, batch.targets, false);
        // ∞ · x + ∞ · −x is NaN, of the sign that the backend's own relu takes for a negative number. Where all
        // products are +∞ or −∞, tanh and sigmoid have honest values.
        if (activation !== "tanh" && activation !== "sigmoid") expect(loss).toBeNaN();
        if (Number.isNaN(broken)) expect(loss).toBeNaN();
        if (Number.isNaN(loss)) expect((await executor.step(batch, 0.1)).totals.loss).toBeNaN();
      }
    },
  );

  it("leaks no tensor, whatever it is asked to do", async () => {
    const optimizer: RecipeOptimizer = { type: "sgd", momentum: 0.9, nesterov: true, clipNorm: 1 };
    const { executor, batch } = await build(backend, { layers: memorable, optimizer });
    const round = async () => {
      await executor.step(batch, 0.1);
      await executor.evaluate(batch.inputs, batch.targets, true);
      executor.showReal();
      const kept = await executor.snapshot();
      executor.showTraining();
      const state = await executor.state();
      executor.restore(kept);
      executor.resume(state);
      await executor.endEpoch();
    };
    await round();
    const { numTensors, numBytes } = tf.memory();
    for (let i = 0; i < 20; i++) await round();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  });
});

it("gives the same on both backends", async () => {
  const losses: number[] = [];
  for (const name of ["wasm", "cpu"]) {
    const { backend } = await startBackend(name, process.cwd());
    const layers = [dense(16, "relu"), dense(16, "tanh"), output];
    const { executor, batch } = await build(backend, { layers });
    for (let i = 0; i < 10; i++) await executor.step(batch, 0.1);
    losses.push((await executor.evaluate(batch.inputs, batch.targets, false)).loss);
  }
  expect(losses[0]).toBeCloseTo(losses[1]!, 4);
});
