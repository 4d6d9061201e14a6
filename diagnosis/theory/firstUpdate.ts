/** How far the first update went, in learning rates: what tells Adam from Adam without its correction. */
import type { StepEvent } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import { median } from "../robust.ts";

/**
 * Root mean square of a weight's change over the learning rate, the median of the layers. Adam's first step is 1 for
 * every weight with a gradient, for m̂ / √v̂ is the gradient's sign; without the correction of means that start at 0 it is
 * (1 − β1) / √(1 − β2) = 3.16 (Kingma and Ba 2015; lesson 002, S2-12).
 * @returns NaN where it was not measured
 */
export function firstUpdateInRates({ layers, learningRate }: StepEvent, history: History): number {
  const each = history.layers.flatMap(({ parameters }, i) => {
    const size = (layers?.updateRatio[i] ?? 0) * (layers?.weightNorm[i] ?? 0);
    return parameters > 0 && size > 0 ? [size / Math.sqrt(parameters) / learningRate] : [];
  });
  return each.length > 0 ? median(each) : Number.NaN;
}
