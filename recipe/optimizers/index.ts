/** Every optimizer a recipe can name, by its `type`. A new optimizer: one file and one line here. */
import { adam } from "./adam.ts";
import { sgd } from "./sgd.ts";

export const OPTIMIZERS = { sgd, adam } as const;
