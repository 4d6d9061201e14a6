/** The `run` event: what is going to be trained, and where in the recipe each part of it stands. */
import { hostname } from "node:os";
import { basename } from "node:path";
import { version_core } from "@tensorflow/tfjs-core";
import type { JSONPath } from "jsonc-parser";
import { nameLayers } from "../recipe/layerNames.ts";
import { learningRateOf, OPTIMIZERS } from "../recipe/optimizers/index.ts";
import type { ReadRecipe } from "../recipe/read.ts";
import { learningRateAt } from "../recipe/schedules/index.ts";
import type { RecipeLayer, RecipeOptimizer } from "../recipe/schema.ts";
import { type Anchor, EVENT_VERSION, type LayerInfo, type RunEvent } from "../telemetry/events.ts";
import { runId } from "../telemetry/files/folder.ts";
import type { Backend } from "./backends/backend.ts";
import { idleGpu } from "./backends/idle.ts";
import { batchCount } from "./data/batches.ts";
import type { Training } from "./loop/train.ts";
import type { NamedLayer } from "./model/layers/layer.ts";
import { scalar } from "./probe/rounding.ts";

/** @param file absolute path of the recipe */
export function describeRun(
  training: Training,
  file: string,
  locate: ReadRecipe["locate"],
  backend: Backend,
): RunEvent {
  const { recipe, data, network, epochs } = training;
  const { batchSize, shuffle = true, dropRemainder = false, optimizer } = recipe;
  const { scaling = "standardize", augment } = recipe.data;
  const stepsPerEpoch = batchCount(data.train.rows, batchSize, dropRemainder);
  const anchor = (...path: JSONPath): Anchor => {
    const { line, column } = locate(path);
    return { file, line, column };
  };
  const { earlyStopping } = recipe;
  const idleAccelerator = idleGpu(backend);
  const named = nameLayers(recipe.layers);
  return {
    kind: "run",
    version: EVENT_VERSION,
    id: runId(training.runFolder),
    name: basename(file).replace(/(\.train)?\.json$/, ""),
    file,
    started: new Date().toISOString(),
    pid: process.pid,
    host: hostname(),
    framework: `TensorFlow.js ${version_core}`,
    backend: backend.name,
    device: backend.device,
    optimizer: {
      name: optimizer.type,
      learningRate: learningRateOf(optimizer),
      settings: settingsOf(optimizer),
    },
    loss: recipe.loss,
    batchSize: batchSize === "full" ? data.train.rows : batchSize,
    epochs,
    inputShape: data.shape,
    shuffle,
    dropRemainder,
    // The last layer's activation is the recipe's to name, and the loss takes what it gives.
    fromLogits: false,
    scaling: scaling === "none" ? [] : [scaling],
    augmented: augment !== undefined,
    ...(idleAccelerator && { idleAccelerator }),
    stepsPerEpoch,
    ...(optimizer.schedule && { schedule: planOf(optimizer, stepsPerEpoch, epochs) }),
    examples: {
      train: data.train.rows,
      validation: data.validation.rows,
      test: data.test.rows,
    },
    classes: data.classes?.length ?? null,
    seed: training.streams.seed,
    rank: 0,
    worldSize: 1,
    earlyStopping: earlyStopping
      ? {
          patience: earlyStopping.patience,
          minDelta: earlyStopping.minDelta ?? 0,
          restoreBestWeights: earlyStopping.restoreBestWeights ?? true,
        }
      : null,
    layers: network.layers.map((layer, i) => ({
      ...describeLayer(layer, anchor(...named[i]!.path)),
      ...settingsOfLayer(layer, named[i]!.layer),
    })),
    anchors: {
      optimizer: anchor("optimizer", "learningRate"),
      loss: anchor("loss"),
      fit: anchor("epochs"),
      data: anchor("data"),
    },
  };
}

function describeLayer(layer: NamedLayer, anchor: Anchor): LayerInfo {
  const { name, type, activation, shape, fanIn, fanOut, initializer, parameters } = layer;
  const units = shape.at(-1) ?? null;
  const count = parameters.reduce((sum, { values }) => sum + values.length, 0);
  return { name, type, activation, units, parameters: count, fanIn, fanOut, initializer, anchor };
}

/** What a reader can judge of a layer's settings; only what applies to its type. */
function settingsOfLayer(
  { name, parameters }: NamedLayer,
  recipe: RecipeLayer,
): Partial<LayerInfo> {
  const { l1, l2 } = ("kernelRegularizer" in recipe && recipe.kernelRegularizer) || {};
  const hasKernel = parameters.some((each) => each.name === `${name}.kernel`);
  return {
    ...(parameters.length > 0 && { trainable: parameters.some(({ rate }) => rate !== 0) }),
    ...(recipe.type === "dropout" && { rate: recipe.rate }),
    ...(l1 !== undefined && { l1 }),
    ...(l2 !== undefined && { l2 }),
    ...(hasKernel && { bias: parameters.some((each) => each.name === `${name}.bias`) }),
    ...(recipe.type === "residual" && { skip: true }),
  };
}

/** All that is set beside the learning rate and its schedule, the schema's defaults included. */
function settingsOf(optimizer: RecipeOptimizer): RunEvent["optimizer"]["settings"] {
  const settings: RunEvent["optimizer"]["settings"] = {};
  const { type, learningRate: _, schedule: __, ...given } = optimizer;
  for (const [name, schema] of Object.entries(OPTIMIZERS[type].properties)) {
    const value = "default" in schema ? schema.default : undefined;
    if (typeof value === "number" || typeof value === "boolean") settings[name] = value;
  }
  return { ...settings, ...given };
}

/** Enough for a curve, few enough for a line of text. */
const PLANNED_POINTS = 200;

/** What depends on the validation losses cannot be planned. */
function planOf(
  optimizer: RecipeOptimizer,
  stepsPerEpoch: number,
  epochs: number,
): NonNullable<RunEvent["schedule"]> {
  const { schedule } = optimizer;
  const type = schedule?.type ?? "constant";
  if (type === "reduceOnPlateau") return { type, planned: [] };
  const steps = stepsPerEpoch * epochs;
  const points = Math.min(steps, PLANNED_POINTS);
  const planned = Array.from({ length: points }, (_, i) => {
    const step = 1 + Math.round((i * (steps - 1)) / Math.max(1, points - 1));
    const moment = { epoch: (step - 1) / stepsPerEpoch, next: step / stepsPerEpoch, epochs };
    const rate = learningRateAt(schedule, learningRateOf(optimizer), { ...moment, validation: [] });
    return { step, learningRate: scalar(rate) };
  });
  return { type, planned };
}
