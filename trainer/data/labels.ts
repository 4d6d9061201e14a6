/** Turns labels into what the loss compares with. */
import type { TargetsName } from "../../recipe/data/index.ts";
import { measuresDistance } from "../../recipe/data/sense.ts";
import type { LossName } from "../../recipe/names.ts";
import { InputError } from "../errors.ts";
import type { Encoding } from "./dataset.ts";
import { ENCODINGS } from "./encoding.ts";
import type { Examples } from "./examples.ts";

export interface Targets {
  /** One a row: the number of the class from 0, or the value itself for a regression. */
  values: Float32Array;
  /** Names of the classes in the order of their numbers; null for a regression. */
  classes: string[] | null;
  encoding: Encoding;
}

type Labelled = Pick<Examples, "labels" | "origin" | "place" | "testRows">;

/**
 * Classes are the distinct labels outside the test set: in numeric order where all are numbers (and then 3 and 3.0
 * are one class), in alphabetical order otherwise.
 * @param wanted how the recipe gives classes to meanSquaredError
 * @throws {InputError} text where a number is wanted, one class only, more than two where two are wanted, a class that
 *   only the test set has
 */
export function readTargets(
  examples: Labelled,
  loss: LossName,
  wanted: TargetsName = "values",
): Targets {
  const { labels, place } = examples;
  const numbers = Float64Array.from(labels, Number);
  const badRow = numbers.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (measuresDistance(loss) && wanted === "values") {
    if (badRow >= 0) {
      const { text, where } = place(badRow);
      throw new InputError(
        `${text}: "${labels[badRow]}" is not a number, and ${loss} needs numbers: for classes set "targets".`,
        where,
      );
    }
    return { values: Float32Array.from(numbers), classes: null, encoding: ENCODINGS.values(1) };
  }
  const keys = badRow < 0 ? Array.from(numbers, String) : labels;
  const classes = [...new Set(keys.slice(0, keys.length - examples.testRows))].sort(
    badRow < 0 ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1),
  );
  checkCount(classes, examples, loss, wanted);
  const numberOf = new Map(classes.map((name, i) => [name, i]));
  const values = Float32Array.from(keys, (key, row) => {
    const number = numberOf.get(key);
    if (number !== undefined) return number;
    const { text, where } = place(row);
    throw new InputError(
      `${text}: the class ${key} is in the test set only, so it cannot be learnt: add examples of it to train on.`,
      where,
    );
  });
  const encoding = measuresDistance(loss)
    ? wanted
    : loss === "binaryCrossentropy"
      ? "zeroOne"
      : "oneHot";
  return { values, classes, encoding: ENCODINGS[encoding](classes.length) };
}

function checkCount(
  classes: string[],
  { origin: { text, where } }: Labelled,
  loss: LossName,
  wanted: TargetsName,
): void {
  if (classes.length === 1) {
    throw new InputError(
      `${text} holds the value ${classes[0]} only: there is nothing to tell apart.`,
      where,
    );
  }
  if (classes.length === 2) return;
  const has = `${text} has ${classes.length} classes, and`;
  if (loss === "binaryCrossentropy") {
    throw new InputError(
      `${has} binaryCrossentropy needs exactly 2: use sparseCategoricalCrossentropy.`,
      where,
    );
  }
  if (measuresDistance(loss) && wanted === "zeroOne") {
    throw new InputError(`${has} "zeroOne" is for exactly 2: use "oneHot".`, {
      recipe: ["data", "targets"],
    });
  }
}
