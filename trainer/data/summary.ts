/** The `data` event: what the network gets to see. */
import type { DataEvent } from "../../telemetry/events.ts";
import { scalar } from "../probe/rounding.ts";
import { type Dataset, sizeOf } from "./dataset.ts";

/** Figures of the training rows: all inputs together, after scaling, and rows a class. */
export function summarize({ train, shape, classes }: Dataset): DataEvent {
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  // By index: an iterator takes six times as long, a second more on Fashion-MNIST.
  for (let i = 0; i < train.inputs.length; i++) {
    const value = train.inputs[i]!;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / train.inputs.length;
  let squares = 0;
  for (let i = 0; i < train.inputs.length; i++) squares += (train.inputs[i]! - mean) ** 2;
  const counts = new Uint32Array(classes?.length ?? 0);
  if (classes) for (const target of train.targets) counts[target]!++;
  return {
    kind: "data",
    features: sizeOf(shape),
    inputs: {
      mean: scalar(mean),
      std: scalar(Math.sqrt(squares / train.inputs.length)),
      min: scalar(min),
      max: scalar(max),
    },
    labels: (classes ?? []).map((label, i) => ({ label, count: counts[i]! })),
  };
}
