/** Updates and evaluations on the GPU: the weights live there, and of a step only figures come back, all at once. */
import * as tf from "@tensorflow/tfjs-core";
import type { RecipeOptimizer } from "../../../recipe/schema.ts";
import type { Batch } from "../../data/batches.ts";
import type { Executor, ExecutorState, Snapshot, StepFigures } from "../../loop/executor.ts";
import type { Totals } from "../../model/losses/loss.ts";
import type { Network, Observer } from "../../model/network.ts";
import { show } from "../../model/parameter.ts";
import { DeviceActivations } from "./activations.ts";
import type { Gpu } from "./gpu.ts";
import { DeviceLoss, RECORD_LENGTH } from "./loss.ts";
import { DeviceOptimizer } from "./optimizer.ts";
import { type Figures, Results } from "./results.ts";

export class WebgpuExecutor implements Executor {
  readonly #gpu: Gpu;
  readonly #network: Network;
  readonly #results: Results;
  readonly #activations: DeviceActivations[];
  readonly #loss: DeviceLoss;
  readonly #optimizer: DeviceOptimizer;
  /** What shaders need to know of a forward pass. */
  readonly #pass: GPUBuffer;
  #passes = 0;
  #rowLosses = new Float32Array(0);

  constructor(gpu: Gpu, network: Network, optimizer: RecipeOptimizer) {
    this.#gpu = gpu;
    this.#network = network;
    this.#results = new Results(gpu);
    this.#pass = gpu.uniform(new ArrayBuffer(16));
    this.#activations = network.layers.map(
      (layer) => new DeviceActivations(gpu, this.#results, this.#pass, layer),
    );
    this.#loss = new DeviceLoss(gpu, this.#results, this.#pass, network.loss);
    this.#optimizer = new DeviceOptimizer(gpu, this.#results, optimizer, network.parameters);
  }

  async step({ inputs, targets }: Batch, learningRate: number): Promise<StepFigures> {
    const network = this.#network;
    const variables = network.parameters.map(({ variable }) => variable);
    const at = this.#begin(targets.length);
    this.#optimizer.begin(learningRate);
    const { value, grads } = tf.variableGrads(() => {
      const values = network.forward(inputs, targets.length, true, this.#see);
      return this.#lossNode(values, targets);
    }, variables);
    this.#optimizer.step(variables.map(({ name }) => grads[name]!));
    tf.dispose([value, grads]);
    const figures = await this.#results.read();
    const totals = this.#totals(figures, at, targets);
    const rowLosses = this.#rowLosses.subarray(0, targets.length);
    const squares = this.#optimizer.squares(figures);
    return { totals, rowLosses, squares, activations: this.#look(figures) };
  }

  async evaluate(inputs: Float32Array, targets: Float32Array, watch: boolean): Promise<Totals> {
    const at = this.#begin(targets.length);
    tf.tidy(() => {
      const observe = watch ? this.#see : () => {};
      const values = this.#network.forward(inputs, targets.length, false, observe);
      const { outputs } = this.#loss.apply(values, targets);
      if (watch) this.#seeHead(outputs);
    });
    const figures = await this.#results.read();
    if (watch) this.#look(figures);
    return this.#totals(figures, at, targets);
  }

  async outputs({ inputs, targets }: Batch): Promise<Float32Array> {
    this.#begin(targets.length);
    const outputs = tf.tidy(() => {
      const values = this.#network.forward(inputs, targets.length, false, () => {});
      return this.#loss.apply(values, targets).outputs;
    });
    const values = (await outputs.data()) as Float32Array;
    outputs.dispose();
    return values;
  }

  async endEpoch(): Promise<(number | null)[]> {
    return this.#activations.map((layer) => layer.endEpoch());
  }

  showReal(): void {
    for (const parameter of this.#optimizer.parameters) parameter.showReal();
  }

  showTraining(): void {
    for (const parameter of this.#optimizer.parameters) parameter.showTraining();
  }

  async snapshot(): Promise<Snapshot> {
    const copy: Snapshot = new Map();
    for (const device of this.#optimizer.parameters) {
      copy.set(device.parameter.name, await device.values());
    }
    for (const { name, variable } of this.#network.statistics) {
      copy.set(name, await this.#read(this.#gpu.bufferOf(variable)));
    }
    return copy;
  }

  restore(snapshot: Snapshot): void {
    for (const device of this.#optimizer.parameters) {
      device.restore(snapshot.get(device.parameter.name)!);
    }
    for (const { name, variable } of this.#network.statistics) {
      show({ variable, shape: variable.shape }, snapshot.get(name)!);
    }
  }

  async state(): Promise<ExecutorState> {
    const memory = new Map<string, Float32Array>();
    for (const [name, buffer] of this.#memory()) memory.set(name, await this.#read(buffer));
    for (const [name, epoch] of this.#epochs()) memory.set(name, epoch.slice());
    return { weights: await this.snapshot(), memory, updates: this.#optimizer.updates };
  }

  resume({ weights, memory, updates }: ExecutorState): void {
    for (const [name, buffer] of this.#memory()) this.#gpu.write(buffer, memory.get(name)!);
    for (const [name, epoch] of this.#epochs()) epoch.set(memory.get(name)!);
    this.#optimizer.updates = updates;
    this.restore(weights);
    this.showTraining();
  }

  /** What the optimizer remembers, by name. */
  #memory(): [name: string, buffer: GPUBuffer][] {
    return this.#optimizer.parameters.flatMap((parameter) => parameter.memory());
  }

  /** Which units the epoch has seen active, by name; the arrays themselves. */
  #epochs(): [name: string, epoch: Float32Array][] {
    return this.#activations.map(({ epoch }, i) => [
      `${this.#network.layers[i]!.name}.active`,
      epoch,
    ]);
  }

  async #read(buffer: GPUBuffer): Promise<Float32Array> {
    return new Float32Array(await this.#gpu.read(buffer));
  }

  /** To be called before a pass dispatches anything. @returns where the loss leaves its records */
  #begin(rows: number): number {
    this.#gpu.assertSound();
    this.#passes++;
    const at = this.#results.begin(rows * RECORD_LENGTH);
    const settings = new ArrayBuffer(16);
    new Uint32Array(settings).set([this.#passes, rows, at]);
    new Float32Array(settings).set([Number.NaN], 3);
    this.#gpu.write(this.#pass, settings);
    return at;
  }

  readonly #see: Observer = (layer, output) => this.#activations[layer]!.see(output);

  #seeHead(outputs: tf.Tensor): void {
    const { head } = this.#network;
    if (head >= 0) this.#activations[head]!.see(outputs);
  }

  #look(figures: Figures) {
    return this.#activations.map((layer) => layer.figures(figures, this.#passes));
  }

  #totals(figures: Figures, at: number, targets: Float32Array): Totals {
    if (this.#rowLosses.length < targets.length) this.#rowLosses = new Float32Array(targets.length);
    const units = this.#network.layers.at(-1)!.shape[0]!;
    return this.#loss.totals(figures, at, targets, units, this.#rowLosses);
  }

  /** The loss as the tape's last node; nothing reads its value there. */
  #lossNode(values: tf.Tensor2D, targets: Float32Array): tf.Scalar {
    const node = tf.customGrad((x, save) => {
      const { outputs, gradient } = this.#loss.apply(x as tf.Tensor2D, targets);
      this.#seeHead(outputs);
      (save as tf.GradSaveFunc)([gradient]);
      // What comes back to the last node is 1.
      const gradFunc = (_: tf.Tensor, [saved]: tf.Tensor[]) => saved!.clone();
      return { value: tf.scalar(0), gradFunc };
    });
    return node(values) as tf.Scalar;
  }
}
