/** A built network: its layers in order, and the loss at its end. */
import * as tf from "@tensorflow/tfjs-core";
import type { Backend } from "../backends/backend.ts";
import type { BuiltLayer } from "./layers/layer.ts";
import type { Loss, Totals } from "./losses/loss.ts";
import { type Parameter, type Statistic, show } from "./parameter.ts";

export interface NamedLayer extends BuiltLayer {
  name: string;
  type: string;
}

/** Sees the output of each layer once a forward pass; the view is valid only during the call. */
export type Observer = (layer: number, output: Float32Array) => void;

/** All values of a network at one moment, on the host. */
export type Snapshot = Map<string, Float32Array>;

export class Network {
  readonly layers: NamedLayer[];
  readonly parameters: Parameter[];
  readonly statistics: Statistic[];
  readonly #loss: Loss;
  readonly #backend: Backend;
  /** The layer whose activation the loss applies; -1 where there is none. */
  readonly #head: number;
  #outputs = new Float32Array(0);
  #gradient = new Float32Array(0);

  constructor(layers: NamedLayer[], loss: Loss, head: number, backend: Backend) {
    this.layers = layers;
    this.parameters = layers.flatMap((layer) => layer.parameters);
    this.statistics = layers.flatMap((layer) => layer.statistics);
    this.#loss = loss;
    this.#head = head;
    this.#backend = backend;
  }

  /**
   * One forward pass without gradients, as the network is used after training.
   * @param inputs `rows × features`
   * @param targets `rows`
   */
  evaluate(inputs: Float32Array, targets: Float32Array, observe: Observer): Totals {
    let totals: Totals = { loss: 0, correct: 0 };
    tf.tidy(() => {
      const values = this.#forward(inputs, targets.length, false, observe);
      totals = this.#applyLoss(values, targets, observe);
    });
    return totals;
  }

  /**
   * One forward and backward pass in training.
   * @param use gets the gradient of the mean loss by each parameter, in the order of `parameters`; the tensors live
   *   only during the call
   */
  gradients(
    inputs: Float32Array,
    targets: Float32Array,
    observe: Observer,
    use: (gradients: tf.Tensor[]) => void,
  ): Totals {
    let totals: Totals = { loss: 0, correct: 0 };
    const { value, grads } = tf.variableGrads(
      () => {
        const values = this.#forward(inputs, targets.length, true, observe);
        return this.#lossNode(
          values,
          targets,
          (result) => {
            totals = result;
          },
          observe,
        );
      },
      this.parameters.map(({ variable }) => variable),
    );
    use(this.parameters.map(({ variable }) => grads[variable.name]!));
    tf.dispose(grads);
    value.dispose();
    return totals;
  }

  /** A copy of all values, running figures included. */
  snapshot(): Snapshot {
    const copy: Snapshot = new Map();
    for (const { name, values } of this.parameters) copy.set(name, values.slice());
    for (const { name, variable } of this.statistics) {
      copy.set(name, this.#backend.view(variable).slice());
    }
    return copy;
  }

  /** Goes back to a snapshot, bit for bit. */
  restore(snapshot: Snapshot): void {
    for (const parameter of this.parameters) {
      parameter.values.set(snapshot.get(parameter.name)!);
      show(parameter, parameter.values);
    }
    for (const { name, variable } of this.statistics) {
      show({ variable, shape: variable.shape }, snapshot.get(name)!);
    }
  }

  /** Up to the values that the loss reads. */
  #forward(inputs: Float32Array, rows: number, training: boolean, observe: Observer): tf.Tensor2D {
    let x = tf.tensor2d(inputs, [rows, inputs.length / rows]);
    for (const [i, layer] of this.layers.entries()) {
      x = layer.forward(x, training);
      if (i !== this.#head) observe(i, this.#backend.view(x));
    }
    return x;
  }

  #applyLoss(values: tf.Tensor2D, targets: Float32Array, observe: Observer): Totals {
    if (this.#outputs.length < values.size) {
      this.#outputs = new Float32Array(values.size);
      this.#gradient = new Float32Array(values.size);
    }
    const outputs = this.#outputs.subarray(0, values.size);
    const view = this.#backend.view(values);
    const totals = this.#loss.forward(view, targets, values.shape[1], outputs);
    if (this.#head >= 0) observe(this.#head, outputs);
    return totals;
  }

  /** The loss as the tape's last node. */
  #lossNode(
    values: tf.Tensor2D,
    targets: Float32Array,
    report: (totals: Totals) => void,
    observe: Observer,
  ): tf.Scalar {
    const node = tf.customGrad((z) => {
      const tensor = z as tf.Tensor2D;
      const totals = this.#applyLoss(tensor, targets, observe);
      report(totals);
      const gradFunc = (dy: tf.Tensor) => {
        const [scale] = this.#backend.view(dy);
        const gradient = this.#gradient.subarray(0, tensor.size);
        const outputs = this.#outputs.subarray(0, tensor.size);
        this.#loss.backward(outputs, targets, tensor.shape[1], scale!, gradient);
        return tf.tensor2d(gradient, tensor.shape);
      };
      return { value: tf.scalar(totals.loss / targets.length), gradFunc };
    });
    return node(values) as tf.Scalar;
  }
}
