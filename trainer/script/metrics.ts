/** The script's own metrics, by the names that the events use. */
import type { Metrics } from "../../telemetry/events.ts";
import { scalar } from "../probe/rounding.ts";
import type { Model } from "./describe/layer.ts";
import { firstRows, type Part, type Tensors } from "./examples.ts";
import type { Core } from "./tensorflow.ts";

/** Rows at once: enough to be fast. */
const CHUNK = 256;
/** Enough for two digits of an accuracy; the script waits for it. */
const MOST_ROWS = 1000;

const VALIDATION = "val_";

/** As Keras has called it in turn. */
const ALIASES: Record<string, string> = {
  acc: "accuracy",
  categoricalAccuracy: "accuracy",
  sparseCategoricalAccuracy: "accuracy",
  binaryAccuracy: "accuracy",
  mse: "meanSquaredError",
  MSE: "meanSquaredError",
  mae: "meanAbsoluteError",
  MAE: "meanAbsoluteError",
};

/** A number, or a tensor of one that lives as long as the callbacks run. */
type Logged = number | { dataSync(): ArrayLike<number> };

/** What `fit` tells its callbacks at the end of an epoch. */
export type Logs = Record<string, Logged>;

/** @param penalty the mean over the epoch: `fit` counts it into its loss, and validation does not */
export function metricsOfLogs(
  logs: Logs,
  penalty: number,
): { train: Metrics; validation: Metrics | null } {
  const train: Metrics = {};
  const validation: Metrics = {};
  for (const [name, logged] of Object.entries(logs)) {
    const value = typeof logged === "number" ? logged : logged.dataSync()[0]!;
    if (name.startsWith(VALIDATION))
      validation[named(name.slice(VALIDATION.length))] = scalar(value);
    else train[named(name)] = scalar(name === "loss" ? value - penalty : value);
  }
  return { train, validation: Object.keys(validation).length > 0 ? validation : null };
}

/**
 * With the weights as they are, as the model is used after training, on at most the first 1,000 rows. It draws no random
 * numbers and leaves no tensors.
 * @returns null where that is not possible without a trace, or not at all
 */
export function evaluate(core: Core, model: Model, part: Part): Metrics | null {
  // It would go on from where the last batch left it.
  if (model.stateful || isGone(part.x) || isGone(part.y)) return null;
  let metrics: Metrics | null = null;
  core.tidy(() => {
    const [x, y] = firstRows(core, part, MOST_ROWS);
    let scores: ReturnType<Model["evaluate"]>;
    try {
      scores = model.evaluate(x as never, y as never, { batchSize: CHUNK });
    } catch {
      // What the script does wrong, `fit` is about to say in its own words.
      return;
    }
    const values = [scores].flat().map((score) => scalar(score.dataSync()[0]!));
    metrics = Object.fromEntries(model.metricsNames.map((name, i) => [named(name), values[i]!]));
  });
  return metrics;
}

function named(name: string): string {
  return ALIASES[name] ?? name;
}

function isGone(tensors: Tensors): boolean {
  const all = "isDisposed" in tensors ? [tensors] : Object.values(tensors);
  return all.some(({ isDisposed }) => isDisposed);
}
