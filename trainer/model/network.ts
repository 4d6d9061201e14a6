/** A built network: its layers in order, up to the values that the loss reads. */
import * as tf from "@tensorflow/tfjs-core";
import type { NamedLayer } from "./layers/layer.ts";
import type { Loss } from "./losses/loss.ts";
import type { Parameter, Statistic } from "./parameter.ts";

/** Sees the output of each layer once a forward pass; the tensor lives only during the call. */
export type Observer = (layer: number, output: tf.Tensor) => void;

export class Network {
  /** All of them in the order in which they compute; those inside a block stand before it. */
  readonly layers: NamedLayer[];
  readonly parameters: Parameter[];
  readonly statistics: Statistic[];
  /** Place of the layer whose activation the loss applies; -1 where there is none. */
  readonly head: number;
  readonly #path: NamedLayer[];
  readonly #places: Map<NamedLayer, number>;

  /**
   * @param shape of one example
   * @param path the layers from input to output
   */
  constructor(
    readonly shape: number[],
    path: NamedLayer[],
    readonly loss: Loss,
  ) {
    this.#path = path;
    this.layers = path.flatMap(withInner);
    this.#places = new Map(this.layers.map((layer, i) => [layer, i]));
    this.parameters = this.layers.flatMap(({ parameters }) => parameters);
    this.statistics = this.layers.flatMap(({ statistics }) => statistics);
    this.head = loss.activation === null ? -1 : this.layers.length - 1;
  }

  /**
   * Up to the values that the loss reads. The head is not observed: its output is known to the loss only.
   * @param inputs `rows × shape`, row after row
   */
  forward(inputs: Float32Array, rows: number, training: boolean, observe: Observer): tf.Tensor2D {
    const pass = {
      training,
      observe: (layer: NamedLayer, output: tf.Tensor) => {
        const place = this.#places.get(layer)!;
        if (place !== this.head) observe(place, output);
      },
    };
    let x: tf.Tensor = tf.tensor(inputs, [rows, ...this.shape]);
    for (const layer of this.#path) {
      x = layer.forward(x, pass);
      pass.observe(layer, x);
    }
    return x as tf.Tensor2D;
  }
}

function withInner(layer: NamedLayer): NamedLayer[] {
  return [...(layer.inner ?? []).flatMap(withInner), layer];
}
