/** What can be said of data before anything is trained on them. */
import type { DataEvent } from "../../../telemetry/events.ts";
import { scalar } from "../../probe/rounding.ts";
import { classesOf, labelCounts } from "./classes.ts";
import { correlation } from "./correlation.ts";
import { featureScale } from "./featureScale.ts";
import { invalidValues } from "./invalid.ts";
import { neighbours } from "./neighbours.ts";
import { classOrder } from "./order.ts";
import { repeatedRows } from "./repeated.ts";
import type { Kind, Rows } from "./rows.ts";
import { scan } from "./scan.ts";
import { targetFigures } from "./targets.ts";

export interface FiguredData {
  /** At least one row. */
  train: Rows;
  /** Null, or without rows, where there is none. */
  validation: Rows | null;
  test: Rows | null;
  /** Of one example; the last length is that of features or channels. */
  shape: readonly number[];
  kind: Kind;
  /** Names of the classes or labels, in the order of their numbers; by default those. */
  names?: readonly string[];
  /** Whether the epochs take the training rows in random order, and not in this one. */
  shuffled: boolean;
}

/** Takes a few tenths of a second at most: what would take longer goes by samples, and says so where it is made. */
export function dataFigures(data: FiguredData): Omit<DataEvent, "kind"> {
  const { train, shape, kind, names, shuffled } = data;
  const [validation, test] = [present(data.validation), present(data.test)];
  const [inputs, targets] = [scan(train.inputs), scan(train.targets)];
  const correlated = correlation(train, shape);
  const near = kind === "class" ? neighbours(train, validation, shape) : undefined;
  return {
    features: shape.reduce((product, length) => product * length, 1),
    inputs: {
      mean: scalar(inputs.mean),
      std: scalar(inputs.std),
      min: scalar(inputs.min),
      max: scalar(inputs.max),
    },
    labels: labelCounts(train, kind, names),
    ...(validation && { validationLabels: labelCounts(validation, kind, names) }),
    featureScale: featureScale(train, shape),
    targets: targetFigures(train, kind, targets),
    invalid: invalidValues(train, inputs, targets),
    repeated: repeatedRows(train, validation, test),
    ...(kind === "class" && { order: classOrder(classesOf(train), shuffled) }),
    ...(correlated && { correlation: correlated }),
    ...(near && { neighbours: near }),
  };
}

function present(part: Rows | null): Rows | null {
  return part && part.rows > 0 ? part : null;
}
