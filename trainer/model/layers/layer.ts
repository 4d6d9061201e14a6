/** What every layer builder gets and gives. */
import type * as tf from "@tensorflow/tfjs-core";
import type { ActivationName } from "../../../recipe/names.ts";
import type { Stream } from "../../random.ts";
import type { Parameter, Statistic } from "../parameter.ts";

export interface BuildContext {
  name: string;
  /** Width of what comes in. */
  inputs: number;
  /** The layer's stream of random numbers for a purpose. */
  stream(purpose: string): Stream;
  /** The loss applies this layer's activation itself, from the values before it. */
  beforeLoss: boolean;
}

export interface BuiltLayer {
  /** Width of what goes out. */
  units: number;
  activation: ActivationName | null;
  /** As text; null without weights that are drawn. */
  initializer: string | null;
  /** Null where inputs and outputs are the same units. */
  fanIn: number | null;
  fanOut: number | null;
  parameters: Parameter[];
  statistics: Statistic[];
  /** Whether mean and deviation of its output say something. */
  measured: boolean;
  /** @param training dropout drops, batch normalisation uses the batch's figures */
  forward(x: tf.Tensor2D, training: boolean): tf.Tensor2D;
}
