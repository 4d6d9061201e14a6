/** Applies a rule to all parameters of a network, once a step, on the GPU. */
import type * as tf from "@tensorflow/tfjs-core";
import type { RecipeOptimizer } from "../../../recipe/schema.ts";
import type { Parameter } from "../../model/parameter.ts";
import { updateRule } from "../../optimizers/index.ts";
import type { RuleShader, Squares } from "../../optimizers/update.ts";
import type { Gpu } from "./gpu.ts";
import { DeviceParameter } from "./parameter.ts";
import type { Figures, Results } from "./results.ts";
import { DeviceClip } from "./shaping.ts";
import { updateCode } from "./update.ts";

export class DeviceOptimizer {
  readonly parameters: DeviceParameter[];
  readonly #gpu: Gpu;
  readonly #shader: RuleShader;
  readonly #clip: DeviceClip;
  /** The rule's numbers, by the parameters' own factor of the learning rate. */
  readonly #numbers = new Map<number, GPUBuffer>();
  /** Made so far. */
  updates = 0;

  constructor(gpu: Gpu, results: Results, recipe: RecipeOptimizer, parameters: Parameter[]) {
    const { clipValue = Number.POSITIVE_INFINITY, clipNorm = Number.POSITIVE_INFINITY } = recipe;
    this.#gpu = gpu;
    this.#shader = updateRule(recipe).shader;
    this.#clip = new DeviceClip(gpu, clipNorm);
    const shader = this.#shader;
    const code = updateCode(shader);
    this.parameters = parameters.map((parameter) => {
      const normAt = this.#clip.reserve(parameter);
      return new DeviceParameter(gpu, results, shader, code, parameter, normAt, clipValue);
    });
    for (const { rate } of parameters) {
      if (!this.#numbers.has(rate)) this.#numbers.set(rate, gpu.uniform(this.#numbersAt(0)));
    }
  }

  /** Counts an update. To be called before anything of its step is dispatched. */
  begin(learningRate: number): void {
    this.updates++;
    for (const [rate, buffer] of this.#numbers) {
      this.#gpu.write(buffer, this.#numbersAt(learningRate * rate));
    }
  }

  /** @param gradients of the loss without its penalties on weights, in the order of the parameters */
  step(gradients: tf.Tensor[]): void {
    const buffers = gradients.map((gradient) => this.#gpu.bufferOf(gradient));
    this.#clip.dispatch(
      this.parameters.map(({ settings, shown }, i) => ({ settings, shown, gradient: buffers[i]! })),
    );
    for (const [i, parameter] of this.parameters.entries()) {
      const numbers = this.#numbers.get(parameter.parameter.rate)!;
      parameter.update(buffers[i]!, numbers, this.#clip.factor);
    }
  }

  squares(figures: Figures): Squares[] {
    return this.parameters.map((parameter) => parameter.squares(figures));
  }

  #numbersAt(learningRate: number): ArrayBuffer {
    return Float32Array.from(Object.values(this.#shader.numbers(learningRate, this.updates)))
      .buffer;
  }
}
