import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { describe, expect, it } from "vitest";
import { ACTIVATIONS } from "../../../recipe/names.ts";
import type { Recipe, RecipeLayer, RecipeOptimizer } from "../../../recipe/schema.ts";
import type { Backend } from "../../../trainer/backends/backend.ts";
import { startCpu } from "../../../trainer/backends/cpu.ts";
import type { Dataset } from "../../../trainer/data/dataset.ts";
import { ENCODINGS } from "../../../trainer/data/encoding.ts";
import type { StepFigures } from "../../../trainer/loop/executor.ts";
import { buildNetwork } from "../../../trainer/model/build.ts";
import { columnsOf } from "../../../trainer/probe/columns.ts";
import { globalNorm } from "../../../trainer/probe/gradients.ts";
import { Streams } from "../../../trainer/random.ts";
import { startSoftwareGpu, whyNoWebgpu } from "./softwareGpu.ts";

const CLASSES = 3;
const ROWS = 96;
const BATCH = 32;

/** Rows of three classes that overlap. */
function dataOf(shape: number[]): Dataset {
  const width = shape.reduce((a, b) => a * b);
  const targets = Float32Array.from({ length: ROWS }, (_, row) => row % CLASSES);
  const inputs = Float32Array.from({ length: ROWS * width }, (_, i) => {
    const row = Math.floor(i / width);
    return Math.sin(i * i + 1) + Math.cos((i % width) * (1 + targets[row]!));
  });
  const part = { rows: ROWS, inputs, targets };
  return {
    shape,
    label: "y",
    classes: ["a", "b", "c"],
    encoding: ENCODINGS.oneHot(CLASSES),
    train: part,
    validation: part,
    test: part,
    testKey: "",
  };
}

interface Setting {
  shape: number[];
  layers: RecipeLayer[];
  optimizer: RecipeOptimizer;
  loss?: Recipe["loss"];
}

async function prepare(backend: Backend, { shape, layers, optimizer, loss }: Setting) {
  const data = dataOf(shape);
  const recipe = {
    data: {},
    layers,
    optimizer,
    loss: loss ?? "sparseCategoricalCrossentropy",
    batchSize: BATCH,
    epochs: 1,
  } as unknown as Recipe;
  const network = await buildNetwork(recipe, data, new Streams(1));
  const executor = backend.execute(network, optimizer);
  const width = data.train.inputs.length / ROWS;
  const batch = (step: number) => {
    const from = (step * BATCH) % ROWS;
    return {
      rows: BATCH,
      inputs: data.train.inputs.slice(from * width, (from + BATCH) * width),
      targets: data.train.targets.slice(from, from + BATCH),
    };
  };
  return {
    network,
    executor,
    data,
    batch,
    step: (i: number) => executor.step(batch(i), optimizer.learningRate!),
  };
}

const mlp: RecipeLayer[] = [
  { type: "dense", units: 16, activation: "relu" },
  { type: "dense", units: 12, activation: "tanh" },
  { type: "dropout", rate: 0 },
  { type: "dense", units: CLASSES, activation: "softmax" },
];
const cnn: RecipeLayer[] = [
  { type: "conv2d", filters: 4, kernelSize: 3, padding: "same" },
  { type: "batchNormalization" },
  { type: "activation", activation: "relu" },
  { type: "maxPooling2d", poolSize: 2 },
  { type: "conv2d", filters: 6, kernelSize: 3, activation: "sigmoid" },
  { type: "flatten" },
  { type: "dense", units: CLASSES, activation: "softmax" },
] as RecipeLayer[];
const adam: RecipeOptimizer = { type: "adam", learningRate: 0.003 };

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  /** The figures of a training on `cpu` and of the same on the GPU. */
  async function runBoth(setting: Setting, steps: number): Promise<[cpu: Run, gpu: Run]> {
    const cpu = await run(await startCpu(), setting, steps);
    return [cpu, await run(await startSoftwareGpu(), setting, steps)];
  }

  it.each<[name: string, setting: Setting]>([
    ["a multi-layer perceptron", { shape: [10], layers: mlp, optimizer: adam }],
    ["a convolutional network", { shape: [8, 8, 2], layers: cnn, optimizer: adam }],
  ])("trains %s as `cpu` does, and measures the same, for 50 steps", async (_, setting) => {
    const [cpu, gpu] = await runBoth(setting, 50);
    expect(cpu.losses[49]!).toBeLessThan(0.6 * cpu.losses[0]!);
    for (const [i, loss] of cpu.losses.entries()) {
      expect(Math.abs(gpu.losses[i]! / loss - 1), `step ${i + 1}`).toBeLessThan(2e-6 + 1e-6 * i);
      expect(gpu.correct[i]).toBe(cpu.correct[i]);
      expectNear(gpu.rowLosses[i]!, cpu.rowLosses[i]!, 1e-4);
      expectNear(gpu.columns[i]!, cpu.columns[i]!, 1e-4);
      expect(gpu.nulls[i]).toEqual(cpu.nulls[i]);
    }
    expect(gpu.silent).toEqual(cpu.silent);
    expect(gpu.evaluated.correct).toBe(cpu.evaluated.correct);
    expect(gpu.evaluated.loss / cpu.evaluated.loss).toBeCloseTo(1, 4);
  });

  it("puts out what `cpu` does, before an update and after", async () => {
    const setting = { shape: [8, 8, 2], layers: cnn, optimizer: adam };
    const cpu = await prepare(await startCpu(), setting);
    const gpu = await prepare(await startSoftwareGpu(), setting);
    for (const step of [0, 1]) {
      await startCpu();
      const expected = await cpu.executor.outputs(cpu.batch(step));
      await cpu.step(step);
      await startSoftwareGpu();
      const outputs = await gpu.executor.outputs(gpu.batch(step));
      await gpu.step(step);
      expect(outputs).toHaveLength(BATCH * CLASSES);
      for (const [i, value] of outputs.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    }
  });

  it.each<[name: string, optimizer: RecipeOptimizer]>([
    ["sgd", { type: "sgd", learningRate: 0.05 }],
    ["momentum", { type: "sgd", learningRate: 0.02, momentum: 0.9 }],
    ["torch's momentum", { type: "sgd", learningRate: 0.02, momentum: 0.9, momentumForm: "torch" }],
    ["look-ahead", { type: "sgd", learningRate: 0.02, momentum: 0.9, nesterov: true }],
    ["rmsprop", { type: "rmsprop", learningRate: 0.002 }],
    ["adamw, clipped", { type: "adamw", learningRate: 0.005, clipNorm: 0.5, clipValue: 0.2 }],
  ])("follows %s as `cpu` does", async (_, optimizer) => {
    const [cpu, gpu] = await runBoth({ shape: [10], layers: mlp, optimizer }, 8);
    for (const [i, loss] of cpu.losses.entries()) {
      expect(Math.abs(gpu.losses[i]! / loss - 1), `step ${i + 1}`).toBeLessThan(1e-5);
      expectNear(gpu.norms[i]!, cpu.norms[i]!, 1e-4);
    }
    expect(gpu.evaluated.loss / cpu.evaluated.loss).toBeCloseTo(1, 4);
  });

  it("computes every kind of layer as `cpu` does", async () => {
    const layers = [
      { type: "conv2d", filters: 4, kernelSize: 3, padding: "same", activation: "swish" },
      {
        type: "residual",
        activation: "relu",
        layers: [
          { type: "conv2d", filters: 6, kernelSize: 3, strides: 2, padding: "same" },
          { type: "batchNormalization" },
          { type: "activation", activation: "gelu" },
        ],
      },
      { type: "averagePooling2d", poolSize: 2, strides: 1, padding: "same" },
      { type: "prelu" },
      { type: "maxPooling2d", poolSize: 3, strides: 1, padding: "same" },
      { type: "layerNormalization" },
      { type: "globalAveragePooling2d" },
      { type: "dense", units: 8, activation: "selu" },
      { type: "dropout", rate: 0.25 },
      { type: "dense", units: 8, activation: "elu", kernelRegularizer: { l1: 0.01, l2: 0.02 } },
      { type: "rbf", units: 6 },
      { type: "dense", units: 8, activation: "leakyRelu", learningRateMultiplier: 0.5 },
      { type: "dense", units: CLASSES },
    ] as RecipeLayer[];
    const setting: Setting = {
      shape: [8, 8, 2],
      layers,
      optimizer: adam,
      loss: "meanSquaredError",
    };
    const [cpu, gpu] = await runBoth(setting, 6);
    expectNear(gpu.losses, cpu.losses, 1e-5);
    for (const i of cpu.losses.keys()) expectNear(gpu.columns[i]!, cpu.columns[i]!, 1e-3);
    expect(gpu.evaluated.loss / cpu.evaluated.loss).toBeCloseTo(1, 4);
  });

  it("goes on from a state with the same bits", async () => {
    const optimizer: RecipeOptimizer = {
      type: "sgd",
      learningRate: 0.02,
      momentum: 0.9,
      nesterov: true,
    };
    const backend = await startSoftwareGpu();
    const setting = { shape: [8, 8, 2], layers: cnn, optimizer };
    const one = await prepare(backend, setting);
    for (let i = 0; i < 4; i++) await one.step(i);
    const state = await one.executor.state();
    const other = await prepare(backend, setting);
    await other.step(0);
    other.executor.resume(state);
    for (let i = 4; i < 8; i++) {
      const [a, b] = [await one.step(i), await other.step(i)];
      expect(b.totals, `step ${i}`).toEqual(a.totals);
      expect(b.squares, `step ${i}`).toEqual(a.squares);
      expect(b.activations, `step ${i}`).toEqual(a.activations);
    }
    expect(await other.executor.state()).toEqual(await one.executor.state());
    expect(await other.executor.endEpoch()).toEqual(await one.executor.endEpoch());
  });

  it("goes back to a snapshot bit for bit, and shows real weights or those ahead", async () => {
    const optimizer: RecipeOptimizer = {
      type: "sgd",
      learningRate: 0.1,
      momentum: 0.9,
      nesterov: true,
    };
    const { executor, step, data } = await prepare(await startSoftwareGpu(), {
      shape: [10],
      layers: mlp,
      optimizer,
    });
    const { inputs, targets } = data.train;
    const judge = async () => (await executor.evaluate(inputs, targets, false)).loss;
    for (let i = 0; i < 3; i++) await step(i);
    executor.showReal();
    const kept = await executor.snapshot();
    const real = await judge();
    executor.showTraining();
    expect(await judge()).not.toBe(real);
    for (let i = 3; i < 6; i++) await step(i);
    executor.restore(kept);
    expect(await executor.snapshot()).toEqual(kept);
    expect(await judge()).toBe(real);
  });

  it("counts a unit as silent until an evaluation that is watched sees it", async () => {
    const { executor, step, data } = await prepare(await startSoftwareGpu(), {
      shape: [10],
      layers: [
        { type: "dense", units: 4, activation: "relu", kernelInitializer: "zeros" },
        mlp.at(-1)!,
      ],
      optimizer: adam,
    });
    const { inputs, targets } = data.train;
    await executor.evaluate(inputs, targets, true);
    expect(await executor.endEpoch()).toEqual([1, null]);
    const broken = inputs.map(() => Number.NaN);
    await executor.evaluate(broken, targets, false);
    expect(await executor.endEpoch()).toEqual([1, null]);
    expect((await executor.evaluate(broken, targets, true)).loss).toBeNaN();
    expect(await executor.endEpoch()).toEqual([0, null]);
    expect((await step(0)).activations[0]!.silent).toBe(1);
  });

  it("lets a broken network show, whatever its activation", async () => {
    for (const activation of ACTIVATIONS) {
      const layers: RecipeLayer[] = [{ type: "dense", units: 4, activation }, mlp.at(-1)!];
      const { executor, data } = await prepare(await startSoftwareGpu(), {
        shape: [10],
        layers,
        optimizer: adam,
      });
      const inputs = data.train.inputs.slice();
      inputs[55] = Number.NaN;
      const totals = await executor.evaluate(inputs, data.train.targets, false);
      expect(totals.loss, activation).toBeNaN();
    }
  });

  it("holds no more memory after 30 more steps", async () => {
    const { executor, step, data } = await prepare(await startSoftwareGpu(), {
      shape: [10],
      layers: mlp,
      optimizer: adam,
    });
    const round = async (steps: number) => {
      for (let i = 0; i < steps; i++) await step(i);
      await executor.evaluate(data.train.inputs, data.train.targets, true);
      const { numTensors, numBytesAllocatedInGPU } = tf.memory() as unknown as Record<
        string,
        number
      >;
      return { numTensors, numBytesAllocatedInGPU };
    };
    const before = await round(5);
    expect(await round(30)).toEqual(before);
  });
});

interface Run {
  losses: number[];
  correct: number[];
  rowLosses: number[][];
  /** Global norms of gradient, clipped gradient, weights and update. */
  norms: number[][];
  /** All layers' figures that are numbers, and which are. */
  columns: number[][];
  nulls: boolean[][];
  silent: (number | null)[];
  evaluated: { loss: number; correct: number };
}

async function run(backend: Backend, setting: Setting, steps: number): Promise<Run> {
  const { step, network, executor, data } = await prepare(backend, setting);
  const figures: StepFigures[] = [];
  const rowLosses: number[][] = [];
  for (let i = 0; i < steps; i++) {
    const made = await step(i);
    rowLosses.push([...made.rowLosses]);
    figures.push({
      ...made,
      squares: made.squares.map((squares) => ({ ...squares })),
      activations: made.activations.map(({ mean, std, silent, saturated }) => ({
        mean,
        std,
        silent,
        saturated,
      })),
    });
  }
  const silent = await executor.endEpoch();
  executor.showReal();
  const evaluated = await executor.evaluate(data.train.inputs, data.train.targets, false);
  const columns = figures.map((each) => Object.values(columnsOf(network)(each)).flat());
  return {
    losses: figures.map(({ totals }) => totals.loss / BATCH),
    correct: figures.map(({ totals }) => totals.correct),
    rowLosses,
    norms: figures.map(({ squares }) =>
      (["gradient", "clipped", "weights", "update"] as const).map((which) =>
        globalNorm(squares, which),
      ),
    ),
    columns: columns.map((values) => values.map((value) => value ?? 0)),
    nulls: columns.map((values) => values.map((value) => value === null)),
    silent,
    evaluated,
  };
}

/** Relative to itself; what is far below 1 may be rounding alone. */
function expectNear(ours: number[], theirs: number[], tolerance: number) {
  for (const [i, value] of ours.entries()) {
    const allowed = tolerance * Math.max(Math.abs(theirs[i]!), 1e-3);
    expect(Math.abs(value - theirs[i]!), `${i}: ${value}, ${theirs[i]}`).toBeLessThanOrEqual(
      allowed,
    );
  }
}
