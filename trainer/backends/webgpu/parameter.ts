/** A parameter whose weights, and all that the optimizer remembers of them, live on the GPU. */
import * as tf from "@tensorflow/tfjs-core";
import type { Parameter } from "../../model/parameter.ts";
import { type RuleShader, Squares } from "../../optimizers/update.ts";
import type { Gpu } from "./gpu.ts";
import type { Figures, Results } from "./results.ts";
import { groupsOf } from "./shaping.ts";
import { SUM_LENGTH, sumAt } from "./squares.ts";
import { MEASURED, UPDATE_LENGTH } from "./update.ts";

export class DeviceParameter {
  readonly parameter: Parameter;
  /** What shaping and the update need to know of it. */
  readonly settings: GPUBuffer;
  readonly #gpu: Gpu;
  readonly #results: Results;
  readonly #shader: RuleShader;
  readonly #code: string;
  /** The real weights, and those that the network computes with while it trains. */
  readonly #real: tf.Tensor;
  readonly #shown: tf.Tensor;
  readonly #weights: GPUBuffer;
  /** Where the latter lie. */
  readonly shown: GPUBuffer;
  readonly #slots: GPUBuffer[];
  readonly #groups: number;
  readonly #at: number;

  /**
   * Takes the parameter's variable over: only this changes it from now on, in place.
   * @param code that `shader` becomes
   * @param normAt where the sums for the clip by norm go
   * @param clipValue infinite for none
   */
  constructor(
    gpu: Gpu,
    results: Results,
    shader: RuleShader,
    code: string,
    parameter: Parameter,
    normAt: number,
    clipValue: number,
  ) {
    const { values, shape, l1, l2 } = parameter;
    this.parameter = parameter;
    this.#gpu = gpu;
    this.#results = results;
    this.#shader = shader;
    this.#code = code;
    this.#real = tf.keep(tf.tensor(values, shape));
    this.#shown = shader.shown ? tf.keep(tf.tensor(values, shape)) : this.#real;
    this.#weights = gpu.bufferOf(this.#real);
    this.shown = gpu.bufferOf(this.#shown);
    this.#slots = shader.slots.map(() => gpu.storage(values.length));
    this.#groups = groupsOf(values.length);
    this.#at = results.reserve(this.#groups * UPDATE_LENGTH);
    const settings = new ArrayBuffer(20);
    new Uint32Array(settings).set([this.#at, normAt]);
    new Float32Array(settings).set([l1, l2, clipValue], 2);
    this.settings = gpu.uniform(settings);
    this.showTraining();
  }

  /** @param numbers the rule's @param factor of the clip by norm */
  update(gradient: GPUBuffer, numbers: GPUBuffer, factor: GPUBuffer): void {
    const buffers = [
      this.settings,
      numbers,
      factor,
      this.#results.buffer,
      gradient,
      this.#weights,
      ...this.#slots,
    ];
    if (this.#shader.shown) buffers.push(this.shown);
    this.#gpu.dispatch(this.#code, buffers, this.#groups);
  }

  squares({ floats }: Figures): Squares {
    const squares = new Squares();
    for (let group = 0; group < this.#groups; group++) {
      const at = this.#at + group * UPDATE_LENGTH;
      MEASURED.forEach((which, i) => {
        squares[which] += sumAt(floats, at + i * SUM_LENGTH);
      });
    }
    return squares;
  }

  showReal(): void {
    this.parameter.variable.assign(this.#real);
  }

  showTraining(): void {
    this.parameter.variable.assign(this.#shown);
  }

  /** A copy of the real weights. */
  async values(): Promise<Float32Array> {
    return new Float32Array(await this.#gpu.read(this.#weights));
  }

  /** Sets the real weights. */
  restore(values: Float32Array): void {
    this.#gpu.write(this.#weights, values);
    this.showReal();
  }

  /** What the optimizer remembers of it, by name. */
  memory(): [name: string, buffer: GPUBuffer][] {
    const { name } = this.parameter;
    const slots = this.#slots.map((slot, k): [string, GPUBuffer] => [`${name}.${k}`, slot]);
    return this.#shader.shown ? [...slots, [`${name}.shown`, this.shown]] : slots;
  }
}
