/** The data source `csv`: a file of numbers, split by seed, standardised by its training rows. */
import { isAbsolute, join } from "node:path";
import type { Recipe } from "../../recipe/schema.ts";
import { readCsv } from "./csv.ts";
import { type Dataset, takeRows } from "./dataset.ts";
import { readTargets } from "./labels.ts";
import { splitRows } from "./split.ts";
import { standardize } from "./standardize.ts";

/**
 * @param folder the recipe's folder, where relative paths start
 * @throws {InputError}
 */
export function loadCsv(recipe: Recipe, folder: string, seed: number): Dataset {
  const { csv, label, standardize: wanted = true } = recipe.data;
  const path = isAbsolute(csv) ? csv : join(folder, csv);
  const table = readCsv(path, label);
  const { values, classes } = readTargets(table, label, recipe.loss, path);
  const split = splitRows(table.labels.length, recipe.data, seed);
  const width = table.features.length;
  if (wanted) standardize(table.inputs, width, split.train);
  return {
    features: table.features,
    label,
    classes,
    train: takeRows(split.train, table.inputs, values, width),
    validation: takeRows(split.validation, table.inputs, values, width),
    test: takeRows(split.test, table.inputs, values, width),
  };
}
