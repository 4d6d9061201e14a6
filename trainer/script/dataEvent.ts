/** The `data` event of what `fit` is given. */
import type { DataEvent } from "../../telemetry/events.ts";
import type { View } from "../backends/hostExecutor.ts";
import { dataFigures } from "../data/figures/index.ts";
import type { Kind, Rows } from "../data/figures/rows.ts";
import { type FitData, firstOf, numbersOf } from "./examples.ts";

/** @param loss as the `run` event names it */
export function dataEventOf(
  view: View,
  { train, validation }: FitData,
  loss: string,
  shuffled: boolean,
): DataEvent {
  const [, ...shape] = firstOf(train.x).shape;
  const rows = numbersOf(view, train);
  return {
    kind: "data",
    ...dataFigures({
      train: rows,
      validation: validation && numbersOf(view, validation),
      test: null,
      shape: shape.length > 0 ? shape : [1],
      kind: kindOf(rows, loss),
      shuffled,
    }),
  };
}

/** What the script's numbers mean, which nothing says but they themselves and a loss that takes class numbers. */
export function kindOf({ rows, targets }: Rows, loss: string): Kind {
  if (loss === "sparseCategoricalCrossentropy") return "class";
  const outputs = targets.length / rows;
  const signs = targets.every((value) => value === 1 || value === -1);
  if (signs && outputs === 1) return "class";
  if (!targets.every((value) => value === 0 || value === 1)) return "number";
  if (outputs === 1) return "class";
  for (let row = 0; row < rows; row++) {
    let ones = 0;
    for (let i = 0; i < outputs; i++) ones += targets[row * outputs + i]!;
    if (ones !== 1) return "labels";
  }
  return "class";
}

/** Classes that the targets tell apart; null for other targets. */
export function classCount({ rows, targets }: Rows, kind: Kind): number | null {
  if (kind !== "class") return null;
  const outputs = targets.length / rows;
  if (outputs > 1) return outputs;
  return Math.max(2, 1 + targets.reduce((most, value) => Math.max(most, value), 0));
}
