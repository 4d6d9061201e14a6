/** Cuts drawn rows into training, validation and test rows. */
import type { Data } from "../../recipe/data/index.ts";
import { InputError } from "../errors.ts";
import { shuffle, stream } from "../random.ts";

/** Row numbers of each part; no row is in two of them. */
export interface Split {
  train: Uint32Array;
  validation: Uint32Array;
  test: Uint32Array;
}

/** Part `index` (from 1) of `of` is validated with, the others are trained on. */
export interface Fold {
  index: number;
  of: number;
}

export interface Shares {
  train: number;
  validation: number;
  test: number;
}

/** What is usual (lesson 0): for all rows, and for those beside a test set of its own. */
const USUAL: Shares = { train: 0.7, validation: 0.15, test: 0.15 };
const USUAL_BESIDE_TEST: Shares = { train: 0.85, validation: 0.15, test: 0 };

export function sharesOf({ split }: Data, ownTest: boolean): Shares {
  if (split) return { ...split, test: split.test ?? 0 };
  return ownTest ? USUAL_BESIDE_TEST : USUAL;
}

/**
 * Row numbers in random order by seed.
 * @param count rows that there are
 * @param wanted rows to draw; all where it is not given
 * @throws {InputError} where there are not that many
 */
export function drawRows(count: number, wanted: number | undefined, seed: number): Uint32Array {
  if (wanted !== undefined && wanted > count) {
    throw new InputError(
      `"rows" asks for ${wanted} rows, and there are ${count}: ask for at most that.`,
      { recipe: ["data", "rows"] },
    );
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(order, stream(seed, "split"));
  return order.subarray(0, wanted);
}

/**
 * The first rows are to train on, then come validation and test. With a fold, the rows outside the test set are cut
 * into `fold.of` parts whose sizes differ by at most 1 instead; the test rows stay the same.
 * @throws {InputError} where a part that has a share gets no row
 */
export function splitRows(drawn: Uint32Array, shares: Shares, fold?: Fold): Split {
  const test = Math.round(drawn.length * shares.test);
  const known = drawn.slice(0, drawn.length - test);
  const validation = Math.round(drawn.length * shares.validation);
  const cut = fold ? foldOf(known, fold) : tailOf(known, validation);
  const split = { ...cut, test: drawn.slice(drawn.length - test) };
  for (const part of ["train", "validation", "test"] as const) {
    if (split[part].length === 0 && shares[part] > 0) {
      throw new InputError(
        `The ${part} split is empty: ${shares[part]} of ${drawn.length} rows is none; use more rows or a larger share.`,
        { recipe: ["data", "split", part] },
      );
    }
  }
  return split;
}

function tailOf(known: Uint32Array, validation: number): Omit<Split, "test"> {
  const train = Math.max(0, known.length - validation);
  return { train: known.slice(0, train), validation: known.slice(train) };
}

function foldOf(known: Uint32Array, { index, of }: Fold): Omit<Split, "test"> {
  if (of > known.length) {
    throw new InputError(
      `${of} folds of ${known.length} rows would leave some empty: use fewer folds or more rows.`,
      { recipe: ["data"] },
    );
  }
  const from = Math.floor(((index - 1) * known.length) / of);
  const to = Math.floor((index * known.length) / of);
  const train = new Uint32Array(known.length - (to - from));
  train.set(known.subarray(0, from));
  train.set(known.subarray(to), from);
  return { train, validation: known.slice(from, to) };
}
