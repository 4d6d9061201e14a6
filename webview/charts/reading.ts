/** Reads charts off in words: values at a step. */
import type { Stretch } from "../../telemetry/series.ts";
import { count } from "../format.ts";

/** A value, NaN and infinities included, and where it stands. */
export interface Reading {
  step: number;
  value: number;
}

/** A line's name and its value at the cursor. */
export interface Named {
  label: string;
  reading: Reading | null;
}

/** The point or mark nearest to a step; null where there is none. */
export function readAt(stretch: Stretch, step: number): Reading | null {
  const point = nearest(stretch.x, step);
  const mark = nearest(stretch.marksX, step);
  const at = (x: Float64Array, y: Float64Array, i: number): Reading | null =>
    i < 0 ? null : { step: x[i] as number, value: y[i] as number };
  const finite = at(stretch.x, stretch.y, point);
  const broken = at(stretch.marksX, stretch.marksY, mark);
  if (!finite || !broken) return finite ?? broken;
  return Math.abs(broken.step - step) <= Math.abs(finite.step - step) ? broken : finite;
}

/**
 * One line for all lines: `step 1 240 · train 0.29 · validation 0.35`. Where there are more than `few`, it
 * names the lowest, the highest, and one that is not finite.
 */
export function sentence(
  step: number,
  lines: readonly Named[],
  few: number,
  format: (value: number) => string,
): string {
  const read = lines.flatMap(({ label, reading }) =>
    reading ? [{ label, value: reading.value }] : [],
  );
  const parts = [`step ${count(step)}`];
  if (read.length <= few) {
    parts.push(...read.map(({ label, value }) => `${label} ${format(value)}`));
  } else {
    const finite = read.filter(({ value }) => Number.isFinite(value));
    finite.sort((a, b) => a.value - b.value);
    const [low, high] = [finite[0], finite.at(-1)];
    if (low && high) {
      parts.push(`${format(low.value)} ${low.label}`, `${format(high.value)} ${high.label}`);
    }
    const broken = read.find(({ value }) => !Number.isFinite(value));
    const others = read.length - finite.length - 1;
    if (broken) {
      const more = others > 0 ? ` and ${others} more` : "";
      parts.push(`${format(broken.value)} ${broken.label}${more}`);
    }
  }
  return parts.join(" · ");
}

/** Index of the value nearest to the target in ascending values; -1 in none. */
function nearest(values: Float64Array, target: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < target) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return values.length > 0 ? 0 : -1;
  if (low === values.length) return low - 1;
  const before = target - (values[low - 1] as number);
  return before <= (values[low] as number) - target ? low - 1 : low;
}
