/** Whether the classes come mixed. */
import type { DataEvent } from "../../../telemetry/events.ts";
import { shuffle, stream } from "../../random.ts";

/**
 * The longest run of rows of one class, and the longest that chance makes of the most frequent class: log₁⧸ₚ(n(1 − p))
 * for its share p of n rows (Schilling 1990, "The longest run of heads").
 * @param classes by row
 * @param shuffled whether each epoch takes the rows in a new random order; one such order is looked at
 */
export function classOrder(
  classes: Int32Array,
  shuffled: boolean,
): NonNullable<DataEvent["order"]> {
  const order = Uint32Array.from(classes, (_, i) => i);
  if (shuffled) shuffle(order, stream(classes.length, "order of classes"));
  const counts = new Map<number, number>();
  let [longest, length, last] = [0, 0, Number.NaN];
  for (const row of order) {
    const each = classes[row]!;
    counts.set(each, (counts.get(each) ?? 0) + 1);
    length = each === last ? length + 1 : 1;
    last = each;
    if (length > longest) longest = length;
  }
  return {
    longestRun: longest,
    expectedRun: expectedRun(classes.length, Math.max(...counts.values())),
  };
}

/** At least 1; all rows where there is one class only. */
function expectedRun(rows: number, mostFrequent: number): number {
  const share = mostFrequent / rows;
  if (share === 1) return rows;
  return Math.max(1, Math.log(rows * (1 - share)) / Math.log(1 / share));
}
