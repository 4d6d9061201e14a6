/** The `run` event: what is going to be trained, and where in the recipe each part of it stands. */
import { hostname } from "node:os";
import { basename } from "node:path";
import { version_core } from "@tensorflow/tfjs-core";
import type { JSONPath } from "jsonc-parser";
import { OPTIMIZERS } from "../recipe/optimizers/index.ts";
import type { ReadRecipe } from "../recipe/read.ts";
import type { RecipeOptimizer } from "../recipe/schema.ts";
import { type Anchor, EVENT_VERSION, type LayerInfo, type RunEvent } from "../telemetry/events.ts";
import { runId } from "../telemetry/files/folder.ts";
import type { Backend } from "./backends/backend.ts";
import type { Training } from "./loop/train.ts";
import type { NamedLayer } from "./model/network.ts";

/** @param file absolute path of the recipe */
export function describeRun(
  training: Training,
  file: string,
  runFolder: string,
  locate: ReadRecipe["locate"],
  backend: Backend,
): RunEvent {
  const { recipe, data, network } = training;
  const anchor = (...path: JSONPath): Anchor => {
    const { line, column } = locate(path);
    return { file, line, column };
  };
  const { earlyStopping } = recipe;
  return {
    kind: "run",
    version: EVENT_VERSION,
    id: runId(runFolder),
    name: basename(file).replace(/(\.train)?\.json$/, ""),
    file,
    started: new Date().toISOString(),
    pid: process.pid,
    host: hostname(),
    framework: `TensorFlow.js ${version_core}`,
    backend: backend.name,
    device: backend.device,
    optimizer: {
      name: recipe.optimizer.type,
      learningRate: recipe.optimizer.learningRate,
      settings: settingsOf(recipe.optimizer),
    },
    loss: recipe.loss,
    batchSize: recipe.batchSize,
    epochs: training.epochs,
    examples: {
      train: data.train.rows,
      validation: data.validation.rows,
      test: data.test.rows,
    },
    classes: data.classes?.length ?? null,
    seed: training.seed,
    rank: 0,
    worldSize: 1,
    earlyStopping: earlyStopping
      ? {
          patience: earlyStopping.patience,
          minDelta: earlyStopping.minDelta ?? 0,
          restoreBestWeights: earlyStopping.restoreBestWeights ?? true,
        }
      : null,
    layers: network.layers.map((layer, i) => describeLayer(layer, anchor("layers", i))),
    anchors: {
      optimizer: anchor("optimizer", "learningRate"),
      loss: anchor("loss"),
      fit: anchor("epochs"),
      data: anchor("data"),
    },
  };
}

function describeLayer(layer: NamedLayer, anchor: Anchor): LayerInfo {
  const { name, type, activation, units, fanIn, fanOut, initializer, parameters } = layer;
  const count = parameters.reduce((sum, { values }) => sum + values.length, 0);
  return { name, type, activation, units, parameters: count, fanIn, fanOut, initializer, anchor };
}

/** All that is set beside the learning rate, the schema's defaults included. */
function settingsOf(optimizer: RecipeOptimizer): RunEvent["optimizer"]["settings"] {
  const settings: RunEvent["optimizer"]["settings"] = {};
  const { type, learningRate: _, ...given } = optimizer;
  for (const [name, schema] of Object.entries(OPTIMIZERS[type].properties)) {
    const value = "default" in schema ? schema.default : undefined;
    if (typeof value === "number" || typeof value === "boolean") settings[name] = value;
  }
  return { ...settings, ...given };
}
