/** Applies a rule to all parameters of a network, once a step, on the host. */
import type * as tf from "@tensorflow/tfjs-core";
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import { type Parameter, show } from "../model/parameter.ts";
import { DirectionProbe } from "../probe/direction.ts";
import { clipScale, shape } from "./shape.ts";
import { type Memory, type Rule, Squares, type Values } from "./update.ts";

export class Optimizer {
  readonly #rule: Rule;
  readonly #clipValue: number;
  readonly #clipNorm: number;
  readonly #parameters: Parameter[];
  readonly #memories: Memory[];
  readonly #view: (tensor: tf.Tensor) => Float32Array;
  /** Without any shaping, one pass over a parameter is enough. */
  readonly #shapes: boolean;
  /** Made so far. */
  updates = 0;
  /** What the last step measured, in the order of the parameters. */
  readonly squares: Squares[];
  /** The same, of the gradient's direction. */
  readonly direction: DirectionProbe;
  readonly #sources: Parameters<DirectionProbe["see"]>[1];

  /** @param view the values of a tensor, to be changed freely */
  constructor(
    rule: Rule,
    { clipValue, clipNorm }: Pick<RecipeOptimizer, "clipValue" | "clipNorm">,
    parameters: Parameter[],
    view: (tensor: tf.Tensor) => Float32Array,
  ) {
    this.#rule = rule;
    this.#clipValue = clipValue ?? Number.POSITIVE_INFINITY;
    this.#clipNorm = clipNorm ?? Number.POSITIVE_INFINITY;
    this.#parameters = parameters;
    this.#view = view;
    this.#memories = parameters.map(({ values }) => rule.remember(values));
    this.#shapes =
      clipValue !== undefined ||
      clipNorm !== undefined ||
      parameters.some(({ l1, l2 }) => l1 > 0 || l2 > 0);
    this.squares = parameters.map(() => new Squares());
    this.direction = new DirectionProbe(parameters.map(({ values }) => values.length));
    this.#sources = parameters.map(({ l1, l2 }, i) => ({
      weights: this.#memories[i]!.shown,
      l1,
      l2,
    }));
  }

  /**
   * @param gradients of the loss without its penalties on weights, in the order of the parameters; used up
   * @param learningRate before the parameters' own factors
   */
  step(gradients: tf.Tensor[], learningRate: number): void {
    const values = gradients.map(this.#view);
    this.direction.see(values, this.#sources);
    const scale = this.#shapes ? this.#shape(values) : 1;
    if (Number.isFinite(this.#clipValue)) this.direction.seeClipped(values);
    this.updates++;
    for (const [i, parameter] of this.#parameters.entries()) {
      const squares = this.squares[i]!;
      const update = { learningRate: learningRate * parameter.rate, step: this.updates, scale };
      this.#rule.apply(parameter.values, values[i]!, this.#memories[i]!, update, squares);
      if (!this.#shapes) squares.gradient = squares.clipped;
    }
    // Only now: new tensors may move the memory that the gradients lie in.
    this.showTraining(true);
  }

  /** Makes the network compute with the real weights, e.g. to evaluate; a look-ahead optimizer shows others. */
  showReal(): void {
    for (const [i, parameter] of this.#parameters.entries()) {
      if (this.#memories[i]!.shown !== parameter.values) show(parameter, parameter.values);
    }
  }

  /** The opposite of `showReal`: what training goes on with. @param all those that do not look ahead as well */
  showTraining(all = false): void {
    for (const [i, parameter] of this.#parameters.entries()) {
      const { shown } = this.#memories[i]!;
      if (all || shown !== parameter.values) show(parameter, shown as Float32Array);
    }
  }

  /** All that it remembers beside `updates`, by name; the arrays themselves. */
  memory(): Map<string, Float32Array> {
    const all = new Map<string, Values>();
    for (const [i, { name, values }] of this.#parameters.entries()) {
      const { shown, slots } = this.#memories[i]!;
      for (const [k, slot] of slots.entries()) all.set(`${name}.${k}`, slot);
      if (shown !== values) all.set(`${name}.shown`, shown);
    }
    return all as Map<string, Float32Array>;
  }

  /** Penalties on weights and the cap by value, in place. @returns the factor of the clip by norm */
  #shape(gradients: Float32Array[]): number {
    let sum = 0;
    for (const [i, parameter] of this.#parameters.entries()) {
      const squares = this.squares[i]!;
      shape(gradients[i]!, this.#memories[i]!.shown, parameter, this.#clipValue, squares);
      sum += squares.clipped;
    }
    return clipScale(Math.sqrt(sum), this.#clipNorm);
  }
}
