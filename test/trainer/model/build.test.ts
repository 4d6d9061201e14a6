import { beforeAll, expect, it } from "vitest";
import type { Recipe, RecipeLayer } from "../../../recipe/schema.ts";
import { networkOf, readOut, START } from "./network.ts";

beforeAll(() => START.cpu());

const dense = (units: number, more: object = {}): RecipeLayer => ({
  type: "dense",
  units,
  ...more,
});

it.each<[string, RecipeLayer[], number[], Recipe["loss"], number, string, (string | number)[]]>([
  [
    "units that are not the classes",
    [dense(4), dense(8)],
    [5],
    "sparseCategoricalCrossentropy",
    3,
    "The last layer has 8 units, and column y has 3 classes: set units to 3.",
    ["layers", 1, "units"],
  ],
  [
    "two units for a yes or no",
    [dense(2)],
    [5],
    "binaryCrossentropy",
    2,
    "The last layer has 2 units, and binaryCrossentropy of one column needs 1: set units to 1.",
    ["layers", 0, "units"],
  ],
  [
    "dropout at the end",
    [dense(3), { type: "dropout", rate: 0.1 }],
    [5],
    "sparseCategoricalCrossentropy",
    3,
    "Dropout must not be the last layer",
    ["layers", 1],
  ],
  [
    "a picture at the end",
    [{ type: "conv2d", filters: 3, kernelSize: 2 }],
    [3, 4, 1],
    "sparseCategoricalCrossentropy",
    3,
    "The last layer gives 2 × 3 × 3 values an example, and sparseCategoricalCrossentropy needs a row",
    ["layers", 0],
  ],
])("refuses %s, at its place", async (_what, layers, shape, loss, units, sentence, place) => {
  const building = networkOf(layers, shape, { loss, units });
  await expect(building).rejects.toThrow(sentence);
  await expect(building).rejects.toMatchObject({ where: { recipe: place } });
});

it("draws a layer's first weights by its name: one more layer in front leaves them as they are", async () => {
  const kernel = async (layers: RecipeLayer[]) =>
    (await networkOf(readOut(layers), [4])).parameters.find(({ name }) => name === "it.kernel")!
      .values;
  const alone = await kernel([dense(4, { name: "it" })]);
  expect(await kernel([dense(4, { name: "other" }), dense(4, { name: "it" })])).toEqual(alone);
});
