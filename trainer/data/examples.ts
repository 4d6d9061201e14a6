/** What a data source reads, before rows are drawn, scaled and encoded. */
import type { Where } from "../errors.ts";
import type { Part } from "./dataset.ts";

/** Numbers as a file holds them. */
export type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array;

/** A place for messages: in words, to begin a sentence with, and for the editor. */
export interface Place {
  text: string;
  where: Where;
}

export interface Examples {
  /** Of one example: `[features]` or `[height, width, channels]`. */
  shape: number[];
  /** Row after row, `rows × product(shape)`. */
  inputs: Numbers;
  /** Name of what is predicted. */
  label: string;
  /** One a row: a number or the name of a class. */
  labels: readonly string[];
  /** Where the labels come from. */
  origin: Place;
  /** Where the label of a row stands. */
  place(row: number): Place;
  /** The last so many rows are the test set, and no others are. */
  testRows: number;
  /** Whether any stretch of rows is as good as random ones. */
  drawn: boolean;
}

/** The given rows, copied out of `inputs` (`rows × width`) and `targets`. */
export function takeRows(
  rows: Uint32Array,
  inputs: Numbers,
  targets: Float32Array,
  width: number,
): Part {
  const part: Part = {
    rows: rows.length,
    inputs: new Float32Array(rows.length * width),
    targets: new Float32Array(rows.length),
  };
  rows.forEach((row, i) => {
    part.inputs.set(inputs.subarray(row * width, (row + 1) * width), i * width);
    part.targets[i] = targets[row]!;
  });
  return part;
}
