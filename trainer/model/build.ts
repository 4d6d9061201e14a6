/** Recipe → network, with the checks that need to know the data. */
import * as tf from "@tensorflow/tfjs-core";
import type { JSONPath } from "jsonc-parser";
import { activationMet } from "../../recipe/activationMet.ts";
import { nameLayers } from "../../recipe/layerNames.ts";
import type { Recipe, RecipeLayer } from "../../recipe/schema.ts";
import { type Dataset, sizeOf } from "../data/dataset.ts";
import { InputError } from "../errors.ts";
import type { Streams } from "../random.ts";
import { buildLayer } from "./layers/index.ts";
import type { NamedLayer } from "./layers/layer.ts";
import { LOSS } from "./losses/index.ts";
import type { Loss } from "./losses/loss.ts";
import { Network } from "./network.ts";

/** Training examples that a layer may look at to choose its first weights. */
const SAMPLE_ROWS = 1000;

/**
 * @throws {InputError} layers that do not fit each other, the labels or the loss
 */
export async function buildNetwork(
  recipe: Recipe,
  data: Dataset,
  streams: Streams,
): Promise<Network> {
  const loss = LOSS[recipe.loss](data.encoding);
  const path = await new Builder(recipe, data, streams, loss).build();
  checkOutput(recipe, data, path, loss);
  return new Network(data.shape, path, loss);
}

class Builder {
  readonly #places: Map<RecipeLayer, { name: string; path: JSONPath }>;

  constructor(
    private readonly recipe: Recipe,
    private readonly data: Dataset,
    private readonly streams: Streams,
    private readonly loss: Loss,
  ) {
    this.#places = new Map(
      nameLayers(recipe.layers).map(({ layer, name, path }) => [layer, { name, path }]),
    );
  }

  build(): Promise<NamedLayer[]> {
    const { shape, train } = this.data;
    const rows = Math.min(train.rows, SAMPLE_ROWS);
    const inputs = train.inputs.subarray(0, rows * sizeOf(shape));
    return this.#chain(this.recipe.layers, shape, () => tf.tensor(inputs, [rows, ...shape]));
  }

  /** @param source makes a sample of what comes into the first layer */
  async #chain(
    layers: readonly RecipeLayer[],
    shape: number[],
    source: () => tf.Tensor,
  ): Promise<NamedLayer[]> {
    const built: NamedLayer[] = [];
    for (const [i, layer] of layers.entries()) {
      const { name, path } = this.#places.get(layer)!;
      const before = [...built];
      const input = () => {
        const pass = { training: false, observe: () => {} };
        return before.reduce((x, each) => each.forward(x, pass), source());
      };
      const made = await buildLayer(layer, {
        name,
        shape: built.at(-1)?.shape ?? shape,
        // By name: a layer that is put in elsewhere leaves the others' random numbers as they were.
        stream: (purpose) => this.streams.of(`layer ${name} ${purpose}`),
        beforeLoss: this.loss.activation !== null && layer === this.recipe.layers.at(-1),
        meets: activationMet(layers, i),
        followedBy: layers[i + 1]?.type,
        sample: () => valuesOf(input),
        block: (inner) => this.#chain(inner, built.at(-1)?.shape ?? shape, input),
        mistake: (setting, sentence) =>
          new InputError(sentence, { recipe: setting ? [...path, setting] : path }),
      });
      built.push({ ...made, name, type: layer.type });
    }
    return built;
  }
}

async function valuesOf(make: () => tf.Tensor): Promise<{ rows: number; values: Float32Array }> {
  const tensor = tf.tidy(make);
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return { rows: tensor.shape[0]!, values };
}

/** The last layer that makes numbers decides how many the network gives for an example. */
function checkOutput(
  { layers, loss: name }: Recipe,
  { classes, label }: Dataset,
  path: NamedLayer[],
  loss: Loss,
): void {
  const end = path.length - 1;
  const { shape, type } = path[end]!;
  if (type === "dropout") {
    throw new InputError(
      "Dropout must not be the last layer: put it before the last dense layer.",
      { recipe: ["layers", end] },
    );
  }
  if (shape.length > 1) {
    throw new InputError(
      `The last layer gives ${shape.join(" × ")} values an example, and ${name} needs a row: put a { "type": "flatten" } and a dense layer behind it.`,
      { recipe: ["layers", end] },
    );
  }
  const [units] = shape;
  const wanted = loss.units(classes?.length ?? 1);
  if (units === wanted) return;
  const index = layers.findLastIndex((layer) => layer.type === "dense");
  const has = `The last layer has ${units} ${units === 1 ? "unit" : "units"}`;
  const why =
    wanted > 1 ? `column ${label} has ${wanted} classes` : `${name} of one column needs 1`;
  throw new InputError(`${has}, and ${why}: set units to ${wanted}.`, {
    recipe: index < 0 ? ["layers", end] : ["layers", index, "units"],
  });
}
