/** The table's figures: what one curve has come to. */
import type { Stretch } from "../../telemetry/series.ts";
import { type Reading, readAt } from "../charts/reading.ts";

/** The last, the lowest and the highest value of a curve, and the first that was not finite. */
export interface Row {
  last: Reading | null;
  low: Reading | null;
  high: Reading | null;
  broken: Reading | null;
}

/** Sums up a curve from its newest points and from its whole length in two pixels. */
export function row(newest: Stretch, whole: Stretch): Row {
  let low: Reading | null = null;
  let high: Reading | null = null;
  for (const { x, y } of [whole, newest]) {
    for (let i = 0; i < x.length; i++) {
      const reading = { step: x[i] as number, value: y[i] as number };
      if (!low || reading.value < low.value) low = reading;
      if (!high || reading.value > high.value) high = reading;
    }
  }
  const mark = whole.marksX[0];
  return {
    last: readAt(newest, Number.MAX_SAFE_INTEGER),
    low,
    high,
    broken: mark === undefined ? null : { step: mark, value: whole.marksY[0] as number },
  };
}
