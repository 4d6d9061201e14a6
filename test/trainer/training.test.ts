import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusters, readTensors, recipe, story, TrainerBench } from "../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
  bench.write("clusters.csv", clusters(90, 4, 3));
});
afterAll(() => bench.remove());

const train = (overrides: Record<string, unknown> = {}, args: string[] = []) =>
  bench.train(bench.write("net.train.json", recipe(overrides)), args);

describe("the record of a run", () => {
  it("is run, data, epoch 0, then steps with an epoch event after each pass, checkpoint, end", async () => {
    const { code, stderr, events, steps, epochs, end } = await train();
    expect([code, stderr]).toEqual([0, ""]);
    const kinds = events.map(({ kind }) => kind);
    const pass = [...Array(4).fill("step"), "epoch"];
    // The first checkpoint is what a run can go on from, the second the weights to keep.
    expect(kinds).toEqual([
      "run",
      "data",
      "epoch",
      "initial",
      ...pass,
      ...pass,
      ...pass,
      "checkpoint",
      "checkpoint",
      "end",
    ]);
    expect(events.filter(({ kind }) => kind === "checkpoint")).toEqual([
      { kind: "checkpoint", step: 12, epoch: 3, file: "checkpoint-12.safetensors" },
      { kind: "checkpoint", step: 12, epoch: 3, file: "weights.safetensors" },
    ]);
    expect(steps.map(({ step }) => step)).toEqual([...Array(12).keys()].map((i) => i + 1));
    expect(steps.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 4],
      [2, 8],
      [3, 12],
    ]);
    expect(end).toMatchObject({
      status: "completed",
      step: 12,
      epoch: 3,
      error: null,
      cause: null,
    });
    expect(end!.seconds).toBeGreaterThanOrEqual(steps.at(-1)!.seconds);
  });

  it("describes the network, the settings and their places in the recipe", async () => {
    const path = bench.write(
      "placed.train.json",
      `// A comment before it.
{
  "data": { "csv": "clusters.csv", "label": "y" },
  "layers": [
    { "type": "dense", "units": 8, "useBias": false },
    { "type": "batchNormalization" },
    { "type": "activation", "activation": "relu" },
    { "type": "dropout", "rate": 0.1 },
    { "type": "dense", "units": 3, "activation": "softmax",
      "kernelInitializer": { "type": "randomNormal", "stddev": 0.5 } }
  ],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": { "type": "sgd", "learningRate": 0.1, "clipNorm": 2 },
  "batchSize": 16,
  "epochs": 9
}`,
    );
    const { header } = await bench.train(path, ["--epochs", "1", "--seed", "7"]);
    const at = (line: number, column: number) => ({ file: path, line, column });
    expect(header).toMatchObject({
      name: "placed",
      file: path,
      backend: "wasm",
      epochs: 1,
      seed: 7,
      classes: 3,
      examples: { train: 62, validation: 14, test: 14 },
      optimizer: {
        name: "sgd",
        learningRate: 0.1,
        settings: { momentum: 0, nesterov: false, clipNorm: 2 },
      },
      anchors: { optimizer: at(13, 49), loss: at(12, 11), fit: at(15, 13), data: at(3, 11) },
    });
    const rows = header!.layers.map(
      ({ name, type, units, parameters, fanIn, initializer, anchor }) => [
        name,
        type,
        units,
        parameters,
        fanIn,
        initializer,
        anchor!.line,
      ],
    );
    expect(rows).toEqual([
      ["dense_1", "dense", 8, 32, 4, "glorotUniform", 5],
      ["batchNormalization_1", "batchNormalization", 8, 16, null, null, 6],
      ["activation_1", "activation", 8, 0, null, null, 7],
      ["dropout_1", "dropout", 8, 0, null, null, 8],
      ["dense_2", "dense", 3, 27, 8, "randomNormal(stddev=0.5)", 9],
    ]);
  });

  it("has columns for every layer at every step, null where a layer has no such figure", async () => {
    const { steps } = await train({
      layers: [
        { type: "dense", units: 8, activation: "relu" },
        { type: "dropout", rate: 0.2 },
        { type: "dense", units: 8, activation: "tanh" },
        { type: "dense", units: 3, activation: "softmax" },
      ],
    });
    for (const { layers, sampled } of steps) {
      expect(sampled).toBe(true);
      const given = (column: (number | null)[]) => column.map((value) => value !== null);
      expect(given(layers!.gradientNorm)).toEqual([true, false, true, true]);
      expect(given(layers!.updateRatio)).toEqual([true, false, true, true]);
      expect(given(layers!.activationStd)).toEqual([true, false, true, true]);
      expect(given(layers!.silent)).toEqual([true, false, false, false]);
      expect(given(layers!.saturated)).toEqual([false, false, true, false]);
      // Probabilities of three classes.
      expect(layers!.activationMean[3]).toBeCloseTo(1 / 3, 4);
    }
    const { gradientNorm, layers } = steps[0]!;
    const all = Math.hypot(...layers!.gradientNorm.map((norm) => norm ?? 0));
    expect(gradientNorm).toBeCloseTo(all, 4);
  });

  it("learns: the loss falls, and the end judges all three parts", async () => {
    const { epochs, end } = await train({ epochs: 30 }, ["--test"]);
    expect(epochs.at(-1)!.train["loss"]).toBeLessThan(epochs[0]!.train["loss"]! / 2);
    for (const part of [end!.train, end!.validation, end!.test]) {
      expect(part!["accuracy"]).toBeGreaterThan(0.7);
    }
  });

  it("learns a regression and two classes as well", async () => {
    const regression = await train({
      loss: "meanSquaredError",
      layers: [
        { type: "dense", units: 8, activation: "tanh" },
        { type: "dense", units: 1 },
      ],
      epochs: 40,
    });
    expect(regression.header!.classes).toBeNull();
    expect(regression.end!.train).toEqual({ loss: expect.any(Number) });
    expect(regression.end!.train!["loss"]).toBeLessThan(regression.epochs[0]!.train["loss"]! / 2);
    bench.write("two.csv", clusters(80, 4, 2));
    const binary = await train({
      data: { csv: "two.csv", label: "y" },
      loss: "binaryCrossentropy",
      layers: [{ type: "dense", units: 1, activation: "sigmoid" }],
      optimizer: { type: "adam", learningRate: 0.1 },
      epochs: 20,
    });
    expect(binary.end!.train!["accuracy"]).toBeGreaterThan(0.8);
    expect(binary.steps[0]!.layers!.saturated[0]).not.toBeNull();
  });
});

describe("the same seed", () => {
  const dropped = {
    data: { csv: "clusters.csv", label: "y", augment: { noise: 0.1 } },
    layers: [
      { type: "dense", units: 8 },
      { type: "batchNormalization" },
      { type: "activation", activation: "relu" },
      { type: "dropout", rate: 0.3 },
      { type: "dense", units: 3, activation: "softmax" },
    ],
    emphasis: {},
  };
  it("gives the same events and weights bit for bit, another seed others", async () => {
    const [first, again, other] = [
      await train(dropped, ["--seed", "5"]),
      await train(dropped, ["--seed", "5"]),
      await train(dropped, ["--seed", "6"]),
    ];
    expect(story(again.run)).toEqual(story(first.run));
    const losses = (run: typeof first) => run.steps.map(({ loss }) => loss);
    expect(losses(other)).not.toEqual(losses(first));
  });
});

describe("the checkpoint", () => {
  it("holds every value by name, those that batch normalisation follows included", async () => {
    const { run, header } = await train({
      layers: [
        { type: "dense", name: "first", units: 8, useBias: false },
        { type: "batchNormalization", name: "norm" },
        { type: "dense", name: "last", units: 3, activation: "softmax" },
      ],
    });
    const shapes = Object.entries(readTensors(run)).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      "first.kernel": [4, 8],
      "norm.gamma": [8],
      "norm.beta": [8],
      "norm.moving_mean": [8],
      "norm.moving_variance": [8],
      "last.kernel": [8, 3],
      "last.bias": [3],
    });
    expect(header!.layers.map(({ parameters }) => parameters)).toEqual([32, 16, 27]);
    expect(existsSync(join(run, "weights.safetensors.tmp"))).toBe(false);
  });

  it("holds the best epoch's weights, bit for bit, after early stopping", async () => {
    // Labels that have nothing to do with the inputs can only be learned by heart.
    const rows = [...Array(90).keys()].map((r) => [
      Math.sin(r),
      Math.cos(r * r),
      Math.floor((r * r) / 7) % 3,
    ]);
    bench.write("noise.csv", `a,b,y\n${rows.map((row) => row.join()).join("\n")}\n`);
    const overfit = {
      optimizer: { type: "adam", learningRate: 0.1 },
      epochs: 200,
      data: { csv: "noise.csv", label: "y" },
    };
    const stopped = await train({ ...overfit, earlyStopping: { patience: 4 } });
    const { bestEpoch, epoch, validation } = stopped.end!;
    expect(epoch).toBe(bestEpoch! + 4);
    expect(epoch).toBeLessThan(200);
    const losses = stopped.epochs.slice(1).map((event) => event.validation!["loss"]!);
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(bestEpoch);
    expect(validation!["loss"]).toBe(losses[bestEpoch! - 1]);
    const direct = await train(overfit, ["--epochs", String(bestEpoch)]);
    expect(readTensors(stopped.run)).toEqual(readTensors(direct.run));
  });
});

describe("limits", () => {
  it("ends after --max-steps", async () => {
    const { steps, end, code } = await train({}, ["--max-steps", "6"]);
    expect(steps).toHaveLength(6);
    expect(end).toMatchObject({ status: "completed", step: 6, epoch: 2 });
    expect(end!.validation).not.toBeNull();
    expect(code).toBe(0);
  });

  it("says at which step the loss became NaN, and writes the epoch it happened in", async () => {
    const { steps, epochs, end, code } = await train({
      optimizer: { type: "sgd", learningRate: 1e30 },
      epochs: 50,
    });
    expect(code).toBe(0);
    expect(end).toMatchObject({ status: "diverged", cause: "training" });
    const step = Number(/^The loss became NaN at step (\d+): /.exec(end!.error!)![1]);
    expect(steps[step - 1]!.loss).toBeNaN();
    expect(Number.isNaN(steps[step - 2]!.loss)).toBe(false);
    expect(steps.length - step).toBeLessThan(3);
    expect(epochs.at(-1)!.train["loss"]).toBeNaN();
    expect(end!.train!["loss"]).toBeNaN();
  });

  it("trains the same on both backends, within rounding", async () => {
    const wasm = await train({}, ["--backend", "wasm"]);
    const cpu = await train({}, ["--backend", "cpu"]);
    expect(cpu.header!.backend).toBe("cpu");
    expect(cpu.stderr).toBe("");
    wasm.steps.forEach(({ loss }, i) => {
      expect(cpu.steps[i]!.loss).toBeCloseTo(loss, 4);
    });
  });
});
