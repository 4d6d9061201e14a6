/** Layers as a real network, by the trainer's own builder. */
import * as tf from "@tensorflow/tfjs-core";
import type { Recipe, RecipeLayer } from "../../../recipe/schema.ts";
import { startCpu } from "../../../trainer/backends/cpu.ts";
import { startWasm } from "../../../trainer/backends/wasm.ts";
import type { Dataset } from "../../../trainer/data/dataset.ts";
import { buildNetwork } from "../../../trainer/model/build.ts";
import type { Network } from "../../../trainer/model/network.ts";
import { show } from "../../../trainer/model/parameter.ts";
import { Streams } from "../../../trainer/random.ts";

// Without TensorFlow.js's advertisements.
tf.enableProdMode();

export const START = { cpu: startCpu, wasm: startWasm };
export const BACKENDS = ["cpu", "wasm"] as const;

export interface Setting {
  loss?: Recipe["loss"];
  /** Values the loss wants of an example. */
  units?: number;
  seed?: number;
  /** The training examples, row after row. */
  examples?: Float32Array;
}

/** @param shape of one example */
export function networkOf(
  layers: RecipeLayer[],
  shape: number[],
  { loss = "meanSquaredError", units = 1, seed = 1, examples = new Float32Array(0) }: Setting = {},
): Promise<Network> {
  const rows = examples.length / shape.reduce((a, b) => a * b);
  const part = { rows, inputs: examples, targets: new Float32Array(rows) };
  const data: Dataset = {
    shape,
    label: "y",
    classes: loss === "meanSquaredError" ? null : Array.from({ length: units }, (_, i) => `${i}`),
    encoding: { units, value: (target) => target },
    train: part,
    validation: part,
    test: part,
    testKey: "",
  };
  const recipe: Recipe = {
    data: { csv: "x", label: "y" },
    layers,
    loss,
    optimizer: { type: "sgd", learningRate: 0.1 },
    batchSize: 1,
    epochs: 1,
  };
  return buildNetwork(recipe, data, new Streams(seed));
}

/** Makes one number of the layers' output, of any shape; curved, so that gradients differ from row to row. */
export function readOut(layers: RecipeLayer[]): RecipeLayer[] {
  return [
    ...layers,
    { type: "flatten" },
    { type: "dense", units: 1, activation: "swish", name: "readout" },
  ];
}

/** What each layer gives, by its name. */
export function outputsOf(
  network: Network,
  inputs: Float32Array,
  rows: number,
  training = true,
): Map<string, Float32Array> {
  const outputs = new Map<string, Float32Array>();
  tf.tidy(() => {
    network.forward(inputs, rows, training, (layer, output) => {
      outputs.set(network.layers[layer]!.name, output.dataSync().slice() as Float32Array);
    });
  });
  return outputs;
}

/**
 * By parameter: the gradient of the sum of all that the network gives.
 * @param pull what each row's output counts in that sum, by default 1
 */
export function gradientsOf(
  network: Network,
  inputs: Float32Array,
  rows: number,
  pull: Float32Array = new Float32Array(rows).fill(1),
): Map<string, Float32Array> {
  const { parameters } = network;
  const { grads, value } = tf.variableGrads(
    () => {
      const output = network.forward(inputs, rows, true, () => {});
      return tf.sum(tf.mul(output, tf.tensor2d(pull, [rows, 1])));
    },
    parameters.map(({ variable }) => variable),
  );
  const gradients = parameters.map(({ name, variable }): [string, Float32Array] => [
    name,
    grads[variable.name]!.dataSync().slice() as Float32Array,
  ]);
  tf.dispose([grads, value]);
  return new Map(gradients);
}

export function setParameter(network: Network, name: string, values: ArrayLike<number>): void {
  show(network.parameters.find((parameter) => parameter.name === name)!, Float32Array.from(values));
}

/** Mean and population standard deviation. */
export function moments(values: ArrayLike<number>): { mean: number; std: number } {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return { mean, std: Math.sqrt(all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length) };
}

export function norm(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}
