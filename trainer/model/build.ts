/** Recipe → network, with the checks that need to know the data. */
import { layerNames } from "../../recipe/layerNames.ts";
import type { Recipe } from "../../recipe/schema.ts";
import type { Backend } from "../backends/backend.ts";
import type { Dataset } from "../data/dataset.ts";
import { InputError } from "../errors.ts";
import { stream } from "../random.ts";
import { buildLayer } from "./layers/index.ts";
import { LOSS } from "./losses/index.ts";
import { type NamedLayer, Network } from "./network.ts";

/**
 * @throws {InputError} the last layer does not fit the labels or the loss
 */
export function buildNetwork(
  recipe: Recipe,
  data: Dataset,
  seed: number,
  backend: Backend,
): Network {
  const loss = LOSS[recipe.loss];
  const head = loss.activation === null ? -1 : recipe.layers.length - 1;
  const last = recipe.layers[recipe.layers.length - 1]!;
  if (last.type === "dropout") {
    throw new InputError(
      "Dropout must not be the last layer: put it before the last dense layer.",
      {
        recipe: ["layers", recipe.layers.length - 1],
      },
    );
  }
  checkUnits(recipe, data);
  const names = layerNames(recipe.layers);
  let inputs = data.features.length;
  const layers = recipe.layers.map((layer, i): NamedLayer => {
    const name = names[i]!;
    const built = buildLayer(layer, {
      name,
      inputs,
      // By name: a layer that is put in elsewhere leaves the others' random numbers as they were.
      stream: (purpose) => stream(seed, `layer ${name} ${purpose}`),
      beforeLoss: i === head,
    });
    inputs = built.units;
    return { ...built, name, type: layer.type };
  });
  return new Network(layers, loss, head, backend);
}

/** The last dense layer decides how many numbers the network gives for a row. */
function checkUnits({ layers, loss }: Recipe, { classes, label }: Dataset): void {
  const index = layers.findLastIndex(({ type }) => type === "dense");
  const dense = layers[index];
  if (dense?.type !== "dense") return;
  const softmax = LOSS[loss].activation === "softmax";
  const wanted = softmax ? classes!.length : 1;
  if (dense.units === wanted) return;
  const has = `The last layer has ${dense.units} ${dense.units === 1 ? "unit" : "units"}`;
  const why = softmax ? `column ${label} has ${wanted} classes` : `${loss} of one column needs 1`;
  throw new InputError(`${has}, and ${why}: set units to ${wanted}.`, {
    recipe: ["layers", index, "units"],
  });
}
