/** Every optimizer a recipe can name, by its `type`. A new optimizer: one file and one line here. */
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

export const OPTIMIZERS = { sgd, rmsprop, adam, adamw, adagrad, adadelta } as const;

/** The learning rate that a recipe sets, or its optimizer's usual one. */
export function learningRateOf(optimizer: {
  type: keyof typeof OPTIMIZERS;
  learningRate?: number;
}): number {
  const { learningRate } = OPTIMIZERS[optimizer.type].properties;
  return optimizer.learningRate ?? (learningRate as unknown as { default: number }).default;
}
