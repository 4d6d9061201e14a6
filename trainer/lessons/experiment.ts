/** Real networks with numpy's random numbers in them. */
import * as tf from "@tensorflow/tfjs-core";
import type { RecipeLayer } from "../../recipe/schema.ts";
import type { Dataset, Part } from "../data/dataset.ts";
import { buildNetwork } from "../model/build.ts";
import type { Network } from "../model/network.ts";
import { type ActivationFigures, ActivationProbe } from "../probe/activations.ts";
import { type Stream, Streams } from "../random.ts";

/** Every purpose draws from the one stream, in the order in which the lessons' code draws. */
class OneStream extends Streams {
  constructor(private readonly stream: Stream) {
    super(0);
  }

  override of(): Stream {
    return this.stream;
  }
}

/** A table of numbers, row after row. */
export interface Table {
  rows: number;
  values: Float32Array;
}

/**
 * The layers as a network.
 * @param inputs numbers an example
 * @param seen examples that a layer may look at to choose its first weights
 */
export function networkOf(
  layers: RecipeLayer[],
  inputs: number,
  random: Stream,
  seen = new Float32Array(0),
): Promise<Network> {
  const last = layers.findLast((layer) => "units" in layer);
  const part = (values: Float32Array): Part => {
    const rows = values.length / inputs;
    return { rows, inputs: values, targets: new Float32Array(rows) };
  };
  const nothing = part(new Float32Array(0));
  const data: Dataset = {
    shape: [inputs],
    label: "",
    classes: null,
    encoding: { units: last?.units ?? inputs, value: (target) => target },
    train: part(seen),
    validation: nothing,
    test: nothing,
    testKey: "",
  };
  const recipe = {
    data: {},
    layers,
    loss: "meanSquaredError" as const,
    optimizer: { type: "sgd" as const },
    batchSize: 1,
    epochs: 1,
  };
  return buildNetwork(recipe, data, new OneStream(random));
}

/** What a layer gave, and what the trainer's probe makes of it. */
export interface Output {
  values: Float32Array;
  figures: ActivationFigures;
}

/** Of each layer in one forward pass, as in training. */
export function outputsOf(network: Network, { rows, values }: Table): Output[] {
  const outputs: Output[] = [];
  tf.tidy(() => {
    network.forward(values, rows, true, (layer, output) => {
      const seen = output.dataSync() as Float32Array;
      const figures = new ActivationProbe(network.layers[layer]!);
      figures.see(seen);
      outputs.push({ values: seen, figures });
    });
  });
  return outputs;
}

/** Gradient of the sum of all outputs by each parameter, in their order. */
export function gradientsOf(network: Network, { rows, values }: Table): Float32Array[] {
  const { value, grads } = tf.variableGrads(
    () => tf.sum(network.forward(values, rows, true, () => {})) as tf.Scalar,
    network.parameters.map(({ variable }) => variable),
  );
  const read = network.parameters.map(
    ({ variable }) => grads[variable.name]!.dataSync() as Float32Array,
  );
  tf.dispose([value, grads]);
  return read;
}

/** Mean and population deviation, as the trainer's probe finds them. */
export function moments(values: Float32Array): { mean: number; std: number } {
  const probe = new ActivationProbe({ shape: [1], activation: null, measured: true });
  probe.see(values);
  return { mean: probe.mean!, std: probe.std! };
}
