/** Metrics of a part of the data, with the network as it is used after training. */
import type { Metrics } from "../../telemetry/events.ts";
import type { Part } from "../data/dataset.ts";
import type { Totals } from "../model/losses/loss.ts";
import { scalar } from "../probe/rounding.ts";
import type { Executor } from "./executor.ts";

/** Rows at once: enough to be fast, few enough that signals are seen in between. */
const CHUNK = 256;

/**
 * @param breathe called between chunks; gives other work its turn
 * @param watch whether the outputs count for the epoch's silent units
 * @returns null for a part without rows
 */
export async function evaluate(
  executor: Executor,
  { rows, inputs, targets }: Part,
  classification: boolean,
  breathe: () => Promise<unknown>,
  watch = false,
): Promise<Metrics | null> {
  if (rows === 0) return null;
  const width = inputs.length / rows;
  const sum: Totals = { loss: 0, correct: 0 };
  for (let from = 0; from < rows; from += CHUNK) {
    const to = Math.min(rows, from + CHUNK);
    const part = await executor.evaluate(
      inputs.subarray(from * width, to * width),
      targets.subarray(from, to),
      watch,
    );
    sum.loss += part.loss;
    sum.correct += part.correct;
    await breathe();
  }
  return metricsOf(sum, rows, classification);
}

/** Means over rows; the loss is the data's, without the penalties on weights. */
export function metricsOf(
  { loss, correct }: Totals,
  rows: number,
  classification: boolean,
): Metrics {
  return {
    loss: scalar(loss / rows),
    ...(classification && { accuracy: scalar(correct / rows) }),
  };
}
