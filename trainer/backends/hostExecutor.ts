/** Updates and evaluations where the values of a tensor can be read at any moment. */
import * as tf from "@tensorflow/tfjs-core";
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import type { Batch } from "../data/batches.ts";
import type { Executor, ExecutorState, Snapshot, StepFigures } from "../loop/executor.ts";
import type { Totals } from "../model/losses/loss.ts";
import type { Network, Observer } from "../model/network.ts";
import { show } from "../model/parameter.ts";
import { updateRule } from "../optimizers/index.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { ActivationProbe } from "../probe/activations.ts";

/** The values of a 32-bit float tensor, where they lie or a copy; valid until the next tensor is made. */
export type View = (tensor: tf.Tensor) => Float32Array;

/**
 * The real weights live on the host: one pass over each parameter updates it and measures on the way, which costs less
 * than TensorFlow.js's optimizers do without measuring. The loss is one pass over the network's last values.
 */
export class HostExecutor implements Executor {
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  readonly #probes: ActivationProbe[];
  readonly #view: View;
  #outputs = new Float32Array(0);
  #gradient = new Float32Array(0);
  #rowLosses = new Float32Array(0);

  constructor(network: Network, optimizer: RecipeOptimizer, view: View) {
    this.#network = network;
    this.#optimizer = new Optimizer(updateRule(optimizer), optimizer, network.parameters, view);
    this.#probes = network.layers.map((layer) => new ActivationProbe(layer));
    this.#view = view;
  }

  async step({ inputs, targets }: Batch, learningRate: number): Promise<StepFigures> {
    const network = this.#network;
    let totals: Totals = { loss: 0, correct: 0 };
    const { value, grads } = tf.variableGrads(
      () => {
        const values = network.forward(inputs, targets.length, true, this.#see);
        return this.#lossNode(values, targets, (result) => {
          totals = result;
        });
      },
      network.parameters.map(({ variable }) => variable),
    );
    this.#optimizer.step(
      network.parameters.map(({ variable }) => grads[variable.name]!),
      learningRate,
    );
    tf.dispose(grads);
    value.dispose();
    const rowLosses = this.#rowLosses.subarray(0, targets.length);
    const { squares, direction } = this.#optimizer;
    return {
      totals,
      rowLosses,
      squares,
      activations: this.#probes,
      gradientCosine: direction.cosine,
      clipAngle: direction.clipAngle,
    };
  }

  async evaluate(inputs: Float32Array, targets: Float32Array, watch: boolean): Promise<Totals> {
    const observe = watch ? this.#see : () => {};
    let totals: Totals = { loss: 0, correct: 0 };
    tf.tidy(() => {
      const values = this.#network.forward(inputs, targets.length, false, observe);
      totals = this.#applyLoss(values, targets, watch);
    });
    return totals;
  }

  async outputs({ inputs, targets }: Batch): Promise<Float32Array> {
    return tf.tidy(() => {
      const values = this.#network.forward(inputs, targets.length, false, () => {});
      this.#applyLoss(values, targets, false);
      return this.#outputs.slice(0, values.size);
    });
  }

  async endEpoch(): Promise<(number | null)[]> {
    return this.#probes.map((probe) => probe.endEpoch());
  }

  showReal(): void {
    this.#optimizer.showReal();
  }

  showTraining(): void {
    this.#optimizer.showTraining();
  }

  async snapshot(): Promise<Snapshot> {
    const copy: Snapshot = new Map();
    for (const { name, values } of this.#network.parameters) copy.set(name, values.slice());
    for (const { name, variable } of this.#network.statistics) {
      copy.set(name, this.#view(variable).slice());
    }
    return copy;
  }

  restore(snapshot: Snapshot): void {
    for (const parameter of this.#network.parameters) {
      parameter.values.set(snapshot.get(parameter.name)!);
      show(parameter, parameter.values);
    }
    for (const { name, variable } of this.#network.statistics) {
      show({ variable, shape: variable.shape }, snapshot.get(name)!);
    }
  }

  async state(): Promise<ExecutorState> {
    const memory = new Map<string, Float32Array>();
    for (const [name, values] of this.#memory()) memory.set(name, values.slice());
    return { weights: await this.snapshot(), memory, updates: this.#optimizer.updates };
  }

  resume({ weights, memory, updates }: ExecutorState): void {
    // A checkpoint of the GPU's has no last gradient.
    for (const [name, values] of this.#memory()) values.set(memory.get(name) ?? []);
    this.#optimizer.updates = updates;
    this.restore(weights);
    this.#optimizer.showTraining();
  }

  /** What the optimizer and its probe remember, and which units the epoch has seen active; the arrays themselves. */
  #memory(): [name: string, values: Float32Array][] {
    const seen = this.#probes.map(({ epoch }, i): [string, Float32Array] => [
      `${this.#network.layers[i]!.name}.active`,
      new Float32Array(epoch.buffer),
    ]);
    return [
      ...this.#optimizer.memory(),
      ["last gradient", this.#optimizer.direction.last],
      ...seen,
    ];
  }

  readonly #see: Observer = (layer, output) => {
    // A view may be a copy.
    if (this.#network.layers[layer]!.measured) this.#probes[layer]!.see(this.#view(output));
  };

  #applyLoss(values: tf.Tensor2D, targets: Float32Array, watch: boolean): Totals {
    if (this.#outputs.length < values.size) {
      this.#outputs = new Float32Array(values.size);
      this.#gradient = new Float32Array(values.size);
    }
    if (this.#rowLosses.length < targets.length) this.#rowLosses = new Float32Array(targets.length);
    const { loss, head } = this.#network;
    const outputs = this.#outputs.subarray(0, values.size);
    const view = this.#view(values);
    const totals = loss.forward(view, targets, values.shape[1], outputs, this.#rowLosses);
    if (watch && head >= 0) this.#probes[head]!.see(outputs);
    return totals;
  }

  /** The loss as the tape's last node. */
  #lossNode(
    values: tf.Tensor2D,
    targets: Float32Array,
    report: (totals: Totals) => void,
  ): tf.Scalar {
    const node = tf.customGrad((x) => {
      const tensor = x as tf.Tensor2D;
      const totals = this.#applyLoss(tensor, targets, true);
      report(totals);
      const gradFunc = (dy: tf.Tensor) => {
        const [scale] = this.#view(dy);
        const gradient = this.#gradient.subarray(0, tensor.size);
        const outputs = this.#outputs.subarray(0, tensor.size);
        this.#network.loss.backward(outputs, targets, tensor.shape[1], scale!, gradient);
        return tf.tensor2d(gradient, tensor.shape);
      };
      return { value: tf.scalar(totals.loss / targets.length), gradFunc };
    });
    return node(values) as tf.Scalar;
  }
}
