/** From the recipe's `data` to what is trained on. A new data source: one file and one line here. */
import { createHash } from "node:crypto";
import { type SourceName, sourceOf } from "../../recipe/data/index.ts";
import type { Recipe } from "../../recipe/schema.ts";
import { InputError } from "../errors.ts";
import { readCsvSource } from "./csvSource.ts";
import { type Dataset, sizeOf } from "./dataset.ts";
import { type Examples, takeRows } from "./examples.ts";
import { readGenerateSource } from "./generateSource.ts";
import { readIdxSource } from "./idxSource.ts";
import { readImagesSource } from "./imagesSource.ts";
import { readTargets } from "./labels.ts";
import { SCALING } from "./scaling/index.ts";
import { drawRows, type Fold, type Split, sharesOf, splitRows } from "./split.ts";

type Read = (data: Recipe["data"], folder: string, seed: number) => Examples | Promise<Examples>;

const SOURCES: Record<SourceName, Read> = {
  csv: readCsvSource,
  idx: readIdxSource,
  images: readImagesSource,
  generate: readGenerateSource,
};

/**
 * Reads, splits by seed, and scales by the training rows' figures.
 * @param folder the recipe's folder, where relative paths start
 * @param fold the part of a k-fold cross-validation; without one the recipe's shares count
 * @throws {InputError} the data cannot be used
 */
export async function loadData(
  recipe: Recipe,
  folder: string,
  seed: number,
  fold?: Fold,
): Promise<Dataset> {
  const { data, loss } = recipe;
  const source = sourceOf(data);
  if (!source) throw new InputError('"data" names no source: add one.', { recipe: ["data"] });
  const examples = await SOURCES[source](data, folder, seed);
  const { values, classes, encoding } = readTargets(examples, loss, data.targets);
  const rows = splitExamples(examples, recipe, seed, fold);
  const { label, inputs } = examples;
  const take = (part: Uint32Array) => takeRows(part, inputs, values, sizeOf(examples.shape));
  const [train, validation, test] = [take(rows.train), take(rows.validation), take(rows.test)];
  const testKey = keyOf(
    test.inputs,
    Array.from(rows.test, (row) => examples.labels[row]!),
  );
  const { scaling = "standardize" } = data;
  const scale = SCALING[scaling](train.inputs, examples.shape);
  for (const part of [train, validation, test]) scale(part.inputs);
  // What whitening gives are no pixels any more: neighbours have nothing to do with each other.
  const shape = scaling === "whiten" ? [sizeOf(examples.shape)] : examples.shape;
  return { shape, label, classes, encoding, train, validation, test, testKey };
}

function splitExamples(
  { labels, testRows, drawn }: Examples,
  { data, shuffle }: Recipe,
  seed: number,
  fold: Fold | undefined,
): Split {
  const count = labels.length - testRows;
  const order = drawn ? numbersFrom(0, count) : drawRows(count, data.rows, seed);
  const split = splitRows(order, sharesOf(data, testRows > 0), fold);
  // Without shuffling, rows train as the file has them: that is what shuffling is to be compared with.
  if (shuffle === false) split.train.sort();
  return testRows > 0 ? { ...split, test: numbersFrom(count, testRows) } : split;
}

function numbersFrom(first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => first + i);
}

/** The labels as text: a test set stays the same, however the loss sees it. */
function keyOf(inputs: Float32Array, labels: string[]): string {
  if (labels.length === 0) return "";
  return createHash("sha256").update(inputs).update(JSON.stringify(labels)).digest("hex");
}
