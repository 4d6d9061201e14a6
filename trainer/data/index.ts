/** Every data source a recipe can name, by its key in `data`. A new source: one file and one line here. */
import type { Recipe } from "../../recipe/schema.ts";
import { InputError } from "../errors.ts";
import { loadCsv } from "./csvSource.ts";
import type { Dataset } from "./dataset.ts";

type Source = (recipe: Recipe, folder: string, seed: number) => Dataset;

const SOURCES = new Map<string, Source>([["csv", loadCsv]]);

/**
 * @param folder the recipe's folder, where relative paths start
 * @throws {InputError} the data cannot be used
 */
export function loadData(recipe: Recipe, folder: string, seed: number): Dataset {
  for (const [key, load] of SOURCES) {
    if (key in recipe.data) return load(recipe, folder, seed);
  }
  const known = [...SOURCES.keys()].map((key) => `"${key}"`).join(" or ");
  throw new InputError(`"data" names no source: add ${known}.`, { recipe: ["data"] });
}
