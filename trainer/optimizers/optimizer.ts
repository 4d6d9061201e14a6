/** Applies a rule to all parameters of a network, once a step. */
import type * as tf from "@tensorflow/tfjs-core";
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import type { Backend } from "../backends/backend.ts";
import { type Parameter, show } from "../model/parameter.ts";
import { clipScale, shape } from "./shape.ts";
import { type Memory, type Rule, Squares } from "./update.ts";

export class Optimizer {
  readonly #rule: Rule;
  readonly #clipValue: number;
  readonly #clipNorm: number;
  readonly #parameters: Parameter[];
  readonly #memories: Memory[];
  readonly #backend: Backend;
  /** Without any shaping, one pass over a parameter is enough. */
  readonly #shapes: boolean;
  /** What the last step measured, in the order of the parameters. */
  readonly squares: Squares[];

  constructor(
    rule: Rule,
    { clipValue, clipNorm }: Pick<RecipeOptimizer, "clipValue" | "clipNorm">,
    parameters: Parameter[],
    backend: Backend,
  ) {
    this.#rule = rule;
    this.#clipValue = clipValue ?? Number.POSITIVE_INFINITY;
    this.#clipNorm = clipNorm ?? Number.POSITIVE_INFINITY;
    this.#parameters = parameters;
    this.#backend = backend;
    this.#memories = parameters.map(({ values }) => rule.remember(values));
    this.#shapes =
      clipValue !== undefined || clipNorm !== undefined || parameters.some(({ l2 }) => l2 > 0);
    this.squares = parameters.map(() => new Squares());
  }

  get learningRate(): number {
    return this.#rule.learningRate;
  }

  /** @param gradients of the loss without weight decay, in the order of the parameters; used up */
  step(gradients: tf.Tensor[]): void {
    const scale = this.#shapes ? this.#shape(gradients) : 1;
    this.#rule.begin();
    for (const [i, parameter] of this.#parameters.entries()) {
      const memory = this.#memories[i]!;
      const squares = this.squares[i]!;
      const gradient = this.#backend.view(gradients[i]!);
      this.#rule.apply(parameter.values, gradient, memory, scale, squares);
      if (!this.#shapes) squares.gradient = squares.clipped;
      show(parameter, memory.shown as Float32Array);
    }
  }

  /** Makes the network compute with the real weights, e.g. to evaluate; a look-ahead optimizer shows others. */
  showReal(): void {
    for (const [i, parameter] of this.#parameters.entries()) {
      if (this.#memories[i]!.shown !== parameter.values) show(parameter, parameter.values);
    }
  }

  /** The opposite of `showReal`: what training goes on with. */
  showTraining(): void {
    for (const [i, parameter] of this.#parameters.entries()) {
      const { shown } = this.#memories[i]!;
      if (shown !== parameter.values) show(parameter, shown as Float32Array);
    }
  }

  /** Weight decay and the cap by value, in place. @returns the factor of the clip by norm */
  #shape(gradients: tf.Tensor[]): number {
    let sum = 0;
    for (const [i, { l2 }] of this.#parameters.entries()) {
      const squares = this.squares[i]!;
      const gradient = this.#backend.view(gradients[i]!);
      shape(gradient, this.#memories[i]!.shown, l2, this.#clipValue, squares);
      sum += squares.clipped;
    }
    return clipScale(Math.sqrt(sum), this.#clipNorm);
  }
}
