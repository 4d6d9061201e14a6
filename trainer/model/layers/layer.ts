/** What every layer builder gets and gives. */
import type * as tf from "@tensorflow/tfjs-core";
import type { ActivationName } from "../../../recipe/names.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import type { Stream } from "../../random.ts";
import type { Parameter, Statistic } from "../parameter.ts";

/** One forward pass through the network. */
export interface Pass {
  /** Dropout drops, batch normalisation uses the batch's figures. */
  training: boolean;
  /** To be called by a block with the output of each layer inside it. */
  observe(layer: NamedLayer, output: tf.Tensor): void;
}

export interface BuildContext {
  name: string;
  /** Shape of one example that comes in: [units], or [height, width, channels]. */
  shape: number[];
  /** The layer's stream of random numbers for a purpose. */
  stream(purpose: string): Stream;
  /** The loss applies this layer's activation itself, from the values before it. */
  beforeLoss: boolean;
  /** The activation that the output meets, its own or a later one: what `auto` goes by. */
  meets: ActivationName;
  /** Type of the layer that comes next in the same list. */
  followedBy: RecipeLayer["type"] | undefined;
  /** What training examples have become when they reach this layer: `rows × shape`. */
  sample(): Promise<{ rows: number; values: Float32Array }>;
  /** Builds the layers of a block, the first on what comes into this layer. */
  block(layers: readonly RecipeLayer[]): Promise<NamedLayer[]>;
  /** The user's mistake in this layer's settings. */
  mistake(setting: string | undefined, sentence: string): Error;
}

export interface BuiltLayer {
  /** Shape of one example that goes out; the last is that of units or channels. */
  shape: number[];
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
  /** The layers inside a block, in the order in which they compute. */
  inner?: NamedLayer[];
  /** @param x `rows × shape` of what comes in */
  forward(x: tf.Tensor, pass: Pass): tf.Tensor;
}

export interface NamedLayer extends BuiltLayer {
  name: string;
  type: RecipeLayer["type"];
}

/** A layer without weights, whose output's figures are those of its input. */
export const PASSIVE = {
  activation: null,
  initializer: null,
  fanIn: null,
  fanOut: null,
  parameters: [],
  statistics: [],
  measured: false,
} satisfies Partial<BuiltLayer>;
