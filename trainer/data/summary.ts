/** The `data` event: what the network gets to see. */
import type { DataEvent } from "../../telemetry/events.ts";
import { scalar } from "../probe/rounding.ts";
import type { Dataset } from "./dataset.ts";

/** Figures of the training rows: all inputs together, after standardising, and rows a class. */
export function summarize({ train, features, classes }: Dataset): DataEvent {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of train.inputs) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / train.inputs.length;
  let squares = 0;
  for (const value of train.inputs) squares += (value - mean) ** 2;
  const counts = new Uint32Array(classes?.length ?? 0);
  if (classes) for (const target of train.targets) counts[target]!++;
  return {
    kind: "data",
    features: features.length,
    inputs: {
      mean: scalar(mean),
      std: scalar(Math.sqrt(squares / train.inputs.length)),
      min: scalar(min),
      max: scalar(max),
    },
    labels: (classes ?? []).map((label, i) => ({ label, count: counts[i]! })),
  };
}
