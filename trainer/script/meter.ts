/** Measures updates of the script's model: inside the optimizer's own forward pass, backward pass and update. */
import type * as tf from "@tensorflow/tfjs-core";
import type { LayerVariable } from "@tensorflow/tfjs-layers";
import type { View } from "../backends/hostExecutor.ts";
import type { StepFigures } from "../loop/executor.ts";
import { Squares } from "../optimizers/update.ts";
import { DirectionProbe } from "../probe/direction.ts";
import { momentsOf } from "../probe/moments.ts";
import type { Model } from "./describe/layer.ts";
import { replaceMethod } from "./replace.ts";
import type { Core } from "./tensorflow.ts";
import type { LayerWatch } from "./watch.ts";

/** Of one update. */
export interface UpdateFigures extends Pick<StepFigures, "squares" | "activations"> {
  /** Of the data: without the penalties on weights, as validation has it. */
  loss: number;
  penalty: number;
  gradientCosine: number | undefined;
}

interface Parameter {
  variable: tf.Variable;
  /** Before the update. */
  before: Float32Array;
  gradient: Float32Array;
}

interface MeterParts {
  model: Model;
  /** Those that the optimizer holds, by layer. */
  parameters: LayerVariable[][];
  core: Core;
  watch: LayerWatch;
  view: View;
  /** Runs what is ours, and keeps its failures from the script. */
  quietly: (work: () => void) => void;
}

export class UpdateMeter {
  readonly layers: { parameters: Parameter[] }[];
  readonly #parameters: Parameter[];
  readonly #squares: Squares[];
  readonly #direction: DirectionProbe;
  #loss = Number.NaN;
  #penalty = 0;

  constructor(private readonly parts: MeterParts) {
    this.layers = parts.parameters.map((variables) => ({
      parameters: variables.map((each) => parameterOf(each.read() as tf.Variable)),
    }));
    this.#parameters = this.layers.flatMap(({ parameters }) => parameters);
    this.#squares = this.#parameters.map(() => new Squares());
    this.#direction = new DirectionProbe(this.#parameters.map(({ before }) => before.length));
  }

  /**
   * To be called right before the optimizer computes and applies the gradients.
   * @param whole whether to measure the layers too, and not only loss and gradient
   * @returns to be called right after; null where no gradient was computed
   */
  begin(whole: boolean): () => UpdateFigures | null {
    let measured = false;
    const restorePenalty = replaceMethod(this.parts.model, "calculateLosses", (calculate) => () => {
      const losses = calculate();
      this.parts.quietly(() => {
        this.#penalty = losses.reduce((sum, each) => sum + this.parts.view(each)[0]!, 0);
      });
      return losses;
    });
    const engine = this.parts.core.engine();
    const restoreGradients = replaceMethod(engine, "gradients", (gradients) => (f, xs, ...rest) => {
      // Gradients inside the loss are the script's own affair.
      restoreGradients();
      this.parts.watch.watching = true;
      try {
        const result = gradients(f, xs, ...rest);
        this.parts.quietly(() => {
          this.#read(xs, result.value, result.grads);
          measured = true;
        });
        return result;
      } finally {
        this.parts.watch.watching = false;
      }
    });
    this.#penalty = 0;
    if (whole) this.parts.quietly(() => this.#readWeights());
    return () => {
      restoreGradients();
      restorePenalty();
      if (!measured) return null;
      if (whole) this.#readUpdate();
      return {
        loss: this.#loss,
        penalty: this.#penalty,
        squares: this.#squares,
        activations: this.parts.watch.probes,
        gradientCosine: this.#direction.cosine,
      };
    };
  }

  #readWeights(): void {
    for (const [i, { variable, before }] of this.#parameters.entries()) {
      before.set(this.parts.view(variable));
      this.#squares[i]!.weights = momentsOf(before).squares;
    }
  }

  /** The gradient is that of the whole loss, penalties included; what a variable does not enter has none. */
  #read(xs: tf.Tensor[], value: tf.Tensor, grads: (tf.Tensor | null)[]): void {
    this.#loss = this.parts.view(value)[0]! - this.#penalty;
    const places = new Map(xs.map((x, i) => [x, i]));
    for (const [i, { variable, gradient }] of this.#parameters.entries()) {
      const grad = grads[places.get(variable) ?? -1];
      if (grad) gradient.set(this.parts.view(grad));
      else gradient.fill(0);
      const { squares } = momentsOf(gradient);
      this.#squares[i]!.gradient = squares;
      this.#squares[i]!.clipped = squares;
    }
    // The gradient has the penalties in it already.
    this.#direction.see(
      this.#parameters.map(({ gradient }) => gradient),
      this.#parameters.map(({ before }) => ({ weights: before, l1: 0, l2: 0 })),
    );
  }

  #readUpdate(): void {
    for (const [i, { variable, before }] of this.#parameters.entries()) {
      const after = this.parts.view(variable);
      let sum = 0;
      for (let j = 0; j < before.length; j++) sum += (after[j]! - before[j]!) ** 2;
      this.#squares[i]!.update = sum;
    }
  }
}

function parameterOf(variable: tf.Variable): Parameter {
  return {
    variable,
    before: new Float32Array(variable.size),
    gradient: new Float32Array(variable.size),
  };
}
