/** Turns the label column into what the loss compares with. */
import type { LossName } from "../../recipe/names.ts";
import { InputError } from "../errors.ts";
import type { Table } from "./csv.ts";

export interface Targets {
  /** One a row: the number of the class from 0, or the value itself where the loss measures distance. */
  values: Float32Array;
  /** Names of the classes in the order of their numbers; null for a regression. */
  classes: string[] | null;
}

/**
 * Classes are the distinct values of the column: in numeric order where all are numbers (and then 3 and 3.0 are one
 * class), in alphabetical order otherwise.
 * @throws {InputError} text where a number is wanted, one class only, more than two for binaryCrossentropy
 */
export function readTargets(table: Table, label: string, loss: LossName, path: string): Targets {
  const numbers = table.labels.map(Number);
  const badRow = numbers.findIndex((value) => !Number.isFinite(value));
  if (loss === "meanSquaredError") {
    if (badRow >= 0) {
      const line = table.lines[badRow]!;
      throw new InputError(
        `Line ${line} of ${table.file}, column "${label}": "${table.labels[badRow]}" is not a number, and meanSquaredError needs numbers.`,
        { file: path, line, column: 1 },
      );
    }
    return { values: Float32Array.from(numbers), classes: null };
  }
  const keys = badRow < 0 ? numbers.map(String) : table.labels;
  const classes = [...new Set(keys)].sort(
    badRow < 0 ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1),
  );
  const where = { recipe: ["data", "label"] };
  if (classes.length === 1) {
    throw new InputError(
      `Column "${label}" of ${table.file} holds the value ${classes[0]} only: there is nothing to tell apart.`,
      where,
    );
  }
  if (loss === "binaryCrossentropy" && classes.length !== 2) {
    throw new InputError(
      `Column "${label}" of ${table.file} has ${classes.length} classes, and binaryCrossentropy needs exactly 2: use sparseCategoricalCrossentropy.`,
      where,
    );
  }
  const numberOf = new Map(classes.map((name, i) => [name, i]));
  return { values: Float32Array.from(keys, (key) => numberOf.get(key)!), classes };
}
