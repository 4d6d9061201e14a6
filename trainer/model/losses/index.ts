/** Every loss a recipe can name. A new loss: one file and one line here. */
import type { LossName } from "../../../recipe/names.ts";
import type { Encoding } from "../../data/dataset.ts";
import { binaryCrossentropy } from "./binaryCrossentropy.ts";
import type { Loss } from "./loss.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { softmaxCrossentropy } from "./softmaxCrossentropy.ts";

/** @param encoding how a loss that measures distances sees a target */
export const LOSS: Record<LossName, (encoding: Encoding) => Loss> = {
  // The label column holds names of classes either way: both names mean the same here.
  sparseCategoricalCrossentropy: () => softmaxCrossentropy,
  categoricalCrossentropy: () => softmaxCrossentropy,
  binaryCrossentropy: () => binaryCrossentropy,
  meanSquaredError,
};
