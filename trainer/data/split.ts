/** Draws the training, validation and test rows by seed. */
import type { Recipe } from "../../recipe/schema.ts";
import { InputError } from "../errors.ts";
import { shuffle, stream } from "../random.ts";

/** Row numbers of each part; no row is in two of them. */
export interface Split {
  train: Uint32Array;
  validation: Uint32Array;
  test: Uint32Array;
}

const DEFAULT = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * @param count rows of the file; `rows` of the recipe takes that many of them first
 * @throws {InputError} where a part that has a share gets no row
 */
export function splitRows(count: number, data: Recipe["data"], seed: number): Split {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(order, stream(seed, "split"));
  if (data.rows !== undefined && data.rows > count) {
    throw new InputError(
      `"rows" asks for ${data.rows} rows, and the file has ${count}: ask for at most that.`,
      { recipe: ["data", "rows"] },
    );
  }
  const drawn = order.subarray(0, data.rows ?? count);
  const share = data.split ?? DEFAULT;
  const validation = Math.round(drawn.length * share.validation);
  const test = Math.round(drawn.length * share.test);
  const train = Math.max(0, drawn.length - validation - test);
  const sizes = { train, validation, test };
  for (const part of ["train", "validation", "test"] as const) {
    if (sizes[part] === 0 && share[part] > 0) {
      throw new InputError(
        `The ${part} split is empty: ${share[part]} of ${drawn.length} rows is none; use more rows or a larger share.`,
        { recipe: ["data", "split", part] },
      );
    }
  }
  return {
    train: drawn.slice(0, train),
    validation: drawn.slice(train, train + validation),
    test: drawn.slice(train + validation),
  };
}
