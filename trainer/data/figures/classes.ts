/** Which class a row has, and how many rows a class. */
import type { DataEvent } from "../../../telemetry/events.ts";
import type { Kind, Rows } from "./rows.ts";

/**
 * By row: the number of the class from 0, or −1 where the target is no number. Of several columns the largest counts
 * (one-hot, ±1, probabilities); a single one holds the number itself, or −1 for 0 and 1 for 1.
 */
export function classesOf({ rows, targets }: Rows): Int32Array {
  const outputs = targets.length / rows;
  const classes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) classes[row] = classAt(targets, row * outputs, outputs);
  return classes;
}

function classAt(targets: Float32Array, at: number, outputs: number): number {
  let best = 0;
  for (let c = 0; c < outputs; c++) {
    const value = targets[at + c]!;
    if (Number.isNaN(value)) return -1;
    if (value > targets[at + best]!) best = c;
  }
  return outputs > 1 ? best : Math.max(0, Math.round(targets[at]!));
}

/**
 * Rows a class, or rows that have each of the labels; those without any are listed with 0. Empty for quantities.
 * @param names of the classes or labels, in their order; by default their numbers
 */
export function labelCounts(
  part: Rows,
  kind: Kind,
  names: readonly string[] = [],
): DataEvent["labels"] {
  if (kind === "number" || part.rows === 0) return [];
  const counts = kind === "class" ? rowsByClass(part) : rowsByLabel(part);
  const length = Math.max(names.length, counts.length);
  return Array.from({ length }, (_, i) => ({
    label: names[i] ?? String(i),
    count: counts[i] ?? 0,
  }));
}

function rowsByClass(part: Rows): number[] {
  const outputs = part.targets.length / part.rows;
  const counts = Array<number>(outputs > 1 ? outputs : 0).fill(0);
  for (const number of classesOf(part)) {
    if (number < 0) continue;
    while (counts.length <= number) counts.push(0);
    counts[number]!++;
  }
  return counts;
}

/** A label is there where its target is above 0.5. */
function rowsByLabel({ rows, targets }: Rows): number[] {
  const outputs = targets.length / rows;
  const counts = Array<number>(outputs).fill(0);
  for (let i = 0; i < targets.length; i++) if (targets[i]! > 0.5) counts[i % outputs]!++;
  return counts;
}
