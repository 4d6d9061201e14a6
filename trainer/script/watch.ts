/** Sees what the layers of the script's model put out. */
import type * as tf from "@tensorflow/tfjs-core";
import { ACTIVATIONS, type ActivationName } from "../../recipe/names.ts";
import type { View } from "../backends/hostExecutor.ts";
import { ActivationProbe } from "../probe/activations.ts";
import { activationOf, type Layer, shapeOf } from "./describe/layer.ts";
import { replaceMethod } from "./replace.ts";

/** Their figures are those of what goes in. */
const PASSIVE = new Set(["Dropout", "SpatialDropout1D", "Flatten", "Reshape", "Permute"]);

export class LayerWatch {
  readonly probes: ActivationProbe[];
  /** Called with what the last layer puts out, while `watching`. */
  onOutputs: ((values: Float32Array, units: number) => void) | null = null;
  /** Whether the forward pass that runs counts. */
  watching = false;
  readonly #view: View;
  readonly #last: Layer | null;
  readonly #restore: (() => void)[];

  /**
   * @param last the layer that makes the model's output
   * @param quietly runs what is ours, and keeps its failures from the script
   */
  constructor(
    layers: Layer[],
    last: Layer | null,
    view: View,
    quietly: (work: () => void) => void,
  ) {
    this.#view = view;
    this.#last = last;
    this.probes = layers.map(probeOf);
    this.#restore = layers.map((layer, i) =>
      // `apply` calls it, and nested models call it directly.
      replaceMethod(layer, "call", (call) => (...args) => {
        const output = call(...args);
        if (this.watching) quietly(() => this.#see(i, layer, output));
        return output;
      }),
    );
  }

  /** Leaves the script's layers as they were. */
  dispose(): void {
    for (const restore of this.#restore) restore();
  }

  #see(i: number, layer: Layer, output: tf.Tensor | tf.Tensor[]): void {
    const tensor = Array.isArray(output) ? output[0] : output;
    if (tensor?.dtype !== "float32" || tensor.size === 0) return;
    const values = this.#view(tensor);
    this.probes[i]!.see(values);
    if (layer === this.#last) this.onOutputs?.(values, tensor.shape.at(-1) ?? 1);
  }
}

function probeOf(layer: Layer): ActivationProbe {
  const shape = shapeOf(layer);
  const activation = activationOf(layer);
  return new ActivationProbe({
    shape: shape ?? [1],
    activation: ACTIVATIONS.includes(activation as ActivationName)
      ? (activation as ActivationName)
      : null,
    measured: shape !== null && !PASSIVE.has(layer.getClassName()),
  });
}
