/** What measuring every step costs, and what an epoch of the trainer costs, against plain TensorFlow.js. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import type { Recipe } from "../../recipe/schema.ts";
import type { EpochEvent } from "../../telemetry/events.ts";
import { EventWriter } from "../../telemetry/files/writer.ts";
import type { Backend } from "../../trainer/backends/backend.ts";
import { startBackend } from "../../trainer/backends/index.ts";
import type { Dataset, Part } from "../../trainer/data/dataset.ts";
import { Control } from "../../trainer/loop/control.ts";
import { train } from "../../trainer/loop/train.ts";
import { buildNetwork } from "../../trainer/model/build.ts";
import { updateRule } from "../../trainer/optimizers/index.ts";
import { Optimizer } from "../../trainer/optimizers/optimizer.ts";
import { stream } from "../../trainer/random.ts";
import { readRun } from "../helpers/readRun.ts";
import { type BenchRow, median } from "./row.ts";

const RATE = 0.001;
const CLASSES = 10;

interface Setting {
  name: string;
  features: number;
  hidden: number[];
  batchSize: number;
  batches: number;
  repetitions: number;
}

const SETTINGS: Setting[] = [
  {
    name: "784-256-256-10, batch 64",
    features: 784,
    hidden: [256, 256],
    batchSize: 64,
    batches: 10,
    repetitions: 25,
  },
  {
    name: "64-64-64-10, batch 32",
    features: 64,
    hidden: [64, 64],
    batchSize: 32,
    batches: 50,
    repetitions: 25,
  },
];

export async function run(): Promise<BenchRow[]> {
  const backend = await startBackend("auto");
  const rows: BenchRow[] = [];
  for (const setting of SETTINGS) {
    rows.push(await stepRow(setting, backend), await epochRow(setting, backend));
  }
  return rows;
}

/** Steps with everything measured and written, against steps that only train: same batches, same kernels. */
async function stepRow(setting: Setting, backend: Backend): Promise<BenchRow> {
  const data = dataset(setting, 0);
  return compare(setting, backend, {
    bench: `trainer step ${setting.name}`,
    goal: 1.15,
    baseline: "tf.variableGrads, tf.train.adam and the loss read back",
    ours: trainerEpoch(setting, data, backend),
    theirs: bareSteps(setting, data),
  });
}

/** A whole epoch with validation, against `model.fit` on the same rows. */
async function epochRow(setting: Setting, backend: Backend): Promise<BenchRow> {
  const data = dataset(setting, setting.batchSize * 4);
  return compare(setting, backend, {
    bench: `trainer epoch ${setting.name}`,
    goal: 1,
    baseline: "model.fit",
    ours: trainerEpoch(setting, data, backend),
    theirs: fitEpoch(setting, data),
  });
}

interface Pair {
  bench: string;
  goal: number;
  baseline: string;
  /** Both do one epoch and give its milliseconds. */
  ours: () => Promise<number>;
  theirs: () => Promise<number>;
}

/** Median of the ratios of neighbours in time: whatever else the machine does hits both of a pair. */
async function compare(
  { repetitions }: Setting,
  { device }: Backend,
  { bench, goal, baseline, ours, theirs }: Pair,
): Promise<BenchRow> {
  const began = performance.now();
  const ratios: number[] = [];
  // Until the compilers are done.
  for (let i = 0; i < 3; i++) await theirs().then(ours);
  for (let i = 0; i < repetitions; i++) {
    const plain = await theirs();
    ratios.push((await ours()) / plain);
  }
  return {
    bench,
    value: median(ratios),
    unit: "ratio",
    goal,
    baseline,
    device,
    seconds: (performance.now() - began) / 1000,
  };
}

/** Rows of noise: how fast a step is does not depend on what is learned. */
function dataset({ features, batchSize, batches }: Setting, validation: number): Dataset {
  const { normal, uniform } = stream(1, "bench");
  const part = (rows: number) => ({
    rows,
    inputs: Float32Array.from({ length: rows * features }, normal),
    targets: Float32Array.from({ length: rows }, () => Math.floor(uniform() * CLASSES)),
  });
  return {
    features: Array.from({ length: features }, (_, i) => `x${i}`),
    label: "y",
    classes: Array.from({ length: CLASSES }, (_, i) => String(i)),
    train: part(batchSize * batches),
    validation: part(validation),
    test: part(0),
  };
}

/**
 * The trainer's own loop, events written to a file as always. Its evaluation before the first step is once a run and
 * not once an epoch, so what counts is the time between the events of epoch 0 and epoch 1.
 */
function trainerEpoch(setting: Setting, data: Dataset, backend: Backend): () => Promise<number> {
  const recipe: Recipe = {
    data: { csv: "bench", label: "y" },
    layers: [
      ...setting.hidden.map((units) => ({
        type: "dense" as const,
        units,
        activation: "relu" as const,
        kernelInitializer: "heNormal" as const,
      })),
      { type: "dense", units: CLASSES, activation: "softmax" },
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: { type: "adam", learningRate: RATE },
    batchSize: setting.batchSize,
    epochs: 1,
  };
  const { optimizer: settings } = recipe;
  const network = buildNetwork(recipe, data, 1, backend);
  const rule = updateRule(settings);
  const optimizer = new Optimizer(rule, settings, network.parameters, backend);
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "vitals-bench-"));
    const writer = new EventWriter(folder);
    const control = new Control(folder);
    const clock = () => performance.now() / 1000;
    const maxSteps = Number.POSITIVE_INFINITY;
    await train({
      recipe,
      data,
      network,
      optimizer,
      writer,
      control,
      seed: 1,
      epochs: 1,
      maxSteps,
      clock,
    });
    writer.close();
    const [start, end] = readRun(folder).events.filter(
      ({ kind }) => kind === "epoch",
    ) as EpochEvent[];
    rmSync(folder, { recursive: true });
    return (end!.seconds - start!.seconds) * 1000;
  };
}

/** The same network as a user of TensorFlow.js would write it. */
function plainModel({ features, hidden }: Setting, last: "linear" | "softmax") {
  const model = sequential();
  for (const [i, units] of [...hidden, CLASSES].entries()) {
    model.add(
      layers.dense({
        units,
        activation: i < hidden.length ? "relu" : last,
        kernelInitializer: "heNormal",
        ...(i === 0 && { inputShape: [features] }),
      }),
    );
  }
  return model;
}

function oneHot({ targets }: Part): tf.Tensor2D {
  return tf.cast(tf.oneHot(tf.tensor1d(targets, "int32"), CLASSES), "float32") as tf.Tensor2D;
}

/** The barest training loop, on batches that are tensors already. */
function bareSteps(setting: Setting, { train }: Dataset): () => Promise<number> {
  const { batches, features } = setting;
  const model = plainModel(setting, "linear");
  const optimizer = tf.train.adam(RATE);
  const inputs = tf.split(tf.tensor2d(train.inputs, [train.rows, features]), batches);
  const targets = tf.split(oneHot(train), batches);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return async () => {
    const began = performance.now();
    for (let i = 0; i < batches; i++) {
      const { value, grads } = tf.variableGrads(
        () =>
          tf.losses.softmaxCrossEntropy(
            targets[i]!,
            model.apply(inputs[i]!, { training: true }) as tf.Tensor,
          ) as tf.Scalar,
        variables,
      );
      optimizer.applyGradients(grads as Parameters<typeof optimizer.applyGradients>[0]);
      value.dataSync();
      tf.dispose([value, grads]);
    }
    return performance.now() - began;
  };
}

function fitEpoch(setting: Setting, { train, validation }: Dataset): () => Promise<number> {
  const model = plainModel(setting, "softmax");
  model.compile({
    optimizer: tf.train.adam(RATE),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const tensors = (part: Part) =>
    [tf.tensor2d(part.inputs, [part.rows, setting.features]), oneHot(part)] as const;
  const [inputs, targets] = tensors(train);
  const validationData = tensors(validation) as unknown as [tf.Tensor, tf.Tensor];
  return async () => {
    const began = performance.now();
    await model.fit(inputs, targets, {
      batchSize: setting.batchSize,
      epochs: 1,
      shuffle: true,
      validationData,
      verbose: 0,
    });
    return performance.now() - began;
  };
}
