/** Learns one batch by heart: a network that cannot has a fault in itself (lesson 003; Karpathy 2019). */
import { learningRateOf } from "../../recipe/optimizers/index.ts";
import type { Recipe, RecipeLayer } from "../../recipe/schema.ts";
import type { Dataset, Part } from "../data/dataset.ts";
import { sizeOf } from "../data/dataset.ts";
import { takeRows } from "../data/examples.ts";
import { spread } from "../random.ts";
import { takeSteps } from "./takeSteps.ts";
import type { Training } from "./train.ts";

/** After so many steps the loss has to be below this share of the first (lesson 003). */
const STEPS = 200;
const LEARNT = 0.05;

/** Writes at most 200 steps on all training examples at once, fewer where the loss falls below 5 % of its start. */
export function overfitBatch(training: Training): Promise<void> {
  const { recipe, data } = training;
  let start = Number.NaN;
  return takeSteps(training, {
    steps: STEPS,
    batch: (step) => ({ batch: data.train, epoch: step }),
    learningRate: () => learningRateOf(recipe.optimizer),
    enough: (loss, step) => {
      if (step === 1) start = loss;
      return loss < LEARNT * start;
    },
  });
}

/** The recipe without all that keeps from learning by heart, on a single batch of so many training examples. */
export function onOneBatch(
  recipe: Recipe,
  data: Dataset,
  rows: number,
): { recipe: Recipe; data: Dataset } {
  const { schedule: _, ...optimizer } = recipe.optimizer;
  const { augment: __, ...source } = recipe.data;
  const { emphasis: ___, earlyStopping: ____, checkpoints: _____, ...rest } = recipe;
  const train = takeRows(
    spread(data.train.rows, rows),
    data.train.inputs,
    data.train.targets,
    sizeOf(data.shape),
  );
  const none: Part = { rows: 0, inputs: new Float32Array(0), targets: new Float32Array(0) };
  return {
    recipe: {
      ...rest,
      data: source,
      layers: recipe.layers.map(unrestrained),
      optimizer: optimizer.type === "adamw" ? { ...optimizer, weightDecay: 0 } : optimizer,
      batchSize: "full",
      shuffle: false,
      epochs: STEPS,
    },
    data: { ...data, train, validation: none, test: none },
  };
}

/** Without dropout and weight decay; the layers and their names stay. */
function unrestrained(layer: RecipeLayer): RecipeLayer {
  if (layer.type === "residual") return { ...layer, layers: layer.layers.map(unrestrained) };
  if (layer.type === "dropout") return { ...layer, rate: 0 };
  if (!("kernelRegularizer" in layer)) return layer;
  const { kernelRegularizer: _, ...rest } = layer;
  return rest;
}
