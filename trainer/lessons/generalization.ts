/** One network, trained for as many updates on more and more examples. */
import { learningRateOf } from "../../recipe/optimizers/index.ts";
import type { Recipe } from "../../recipe/schema.ts";
import type { Backend } from "../backends/backend.ts";
import { Batches } from "../data/batches.ts";
import { loadData } from "../data/index.ts";
import { evaluate } from "../loop/evaluate.ts";
import { buildNetwork } from "../model/build.ts";
import { Streams } from "../random.ts";
import type { Figure } from "./figure.ts";

const VALIDATION_ROWS = 2000;
const UPDATES = 600;
const SEED = 42;

interface Fit {
  train: { loss: number; accuracy: number };
  validation: { loss: number; accuracy: number };
}

/** Blobs that overlap: even the best answer is wrong now and then. */
function recipeFor(rows: number): Recipe {
  const all = rows + VALIDATION_ROWS;
  return {
    data: {
      generate: { type: "blobs", rows: all, features: 10, classes: 3, noise: 8 },
      split: { train: rows / all, validation: VALIDATION_ROWS / all, test: 0 },
    },
    layers: [
      { type: "dense", units: 64, activation: "relu", kernelInitializer: "heNormal" },
      { type: "dense", units: 3, activation: "softmax" },
    ],
    loss: "sparseCategoricalCrossentropy",
    optimizer: { type: "adam", learningRate: 0.01 },
    batchSize: 64,
    epochs: 1,
  };
}

async function trainOn(backend: Backend, rows: number): Promise<Fit> {
  const recipe = recipeFor(rows);
  const learningRate = learningRateOf(recipe.optimizer);
  const data = await loadData(recipe, ".", SEED);
  const streams = new Streams(SEED);
  const network = await buildNetwork(recipe, data, streams);
  const executor = backend.execute(network, recipe.optimizer);
  const batches = new Batches(data.train, data.shape, { size: 64 });
  for (let update = 0; update < UPDATES; update++) {
    const index = update % batches.count;
    if (index === 0) batches.startEpoch(streams.of("shuffle"));
    await executor.step(batches.get(index, streams.of("augment")), learningRate);
  }
  const measure = async (part: "train" | "validation") => {
    const metrics = await evaluate(executor, data[part], true, async () => {});
    return { loss: Number(metrics!["loss"]), accuracy: Number(metrics!["accuracy"]) };
  };
  return { train: await measure("train"), validation: await measure("validation") };
}

export async function generalizationFigures(backend: Backend): Promise<Figure[]> {
  const fits: Fit[] = [];
  for (const rows of [100, 1000, 10_000, 100_000]) fits.push(await trainOn(backend, rows));
  const [few, , many] = fits as [Fit, Fit, Fit];
  const gaps = fits.map(({ train, validation }) => validation.loss - train.loss);
  return [
    {
      at: "000:262",
      what: "validation less training loss with 100, 1,000, 10,000 and 100,000 examples",
      lesson: "severe, moderate, mild, minimal",
      ours: {
        text: gaps.map((gap) => gap.toFixed(3)).join(", "),
        holds: gaps.every((gap, i) => i === 0 || gap < gaps[i - 1]! / 2),
      },
    },
    {
      at: "001:173",
      what: "accuracy with 100 examples: training over 10 points above validation",
      lesson: "99 %, 75 %",
      ours: {
        text: `${percent(few.train.accuracy)}, ${percent(few.validation.accuracy)}`,
        holds: few.train.accuracy - few.validation.accuracy > 0.1,
      },
    },
    {
      at: "002:77",
      what: "loss with 100 examples, memorised: validation over twice training",
      lesson: "0.01, 2.50",
      ours: {
        text: losses(few),
        holds: few.validation.loss > 2 * few.train.loss && gaps[0]! > 0.1,
      },
    },
    {
      at: "002:81",
      what: "loss with 10,000 examples, a good fit: validation below twice training",
      lesson: "0.15, 0.18",
      ours: { text: losses(many), holds: many.validation.loss < 2 * many.train.loss },
    },
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function losses({ train, validation }: Fit): string {
  return `${train.loss.toFixed(2)}, ${validation.loss.toFixed(2)}`;
}
