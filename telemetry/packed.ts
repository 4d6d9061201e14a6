/** Several stretches in one binary buffer, for the way from the editor to the page. */
import type { Stretch } from "./series.ts";

const FIELDS = ["x", "y", "marksX", "marksY"] as const;

/**
 * Layout, all Float64 in the machine's byte order: for each stretch its number of points and of marks,
 * then for each stretch x, y, marksX, marksY.
 */
export function pack(stretches: readonly Stretch[]): ArrayBuffer {
  const total = stretches.reduce((sum, s) => sum + 2 * s.x.length + 2 * s.marksX.length, 0);
  const numbers = new Float64Array(2 * stretches.length + total);
  let at = 0;
  for (const stretch of stretches) {
    numbers[at++] = stretch.x.length;
    numbers[at++] = stretch.marksX.length;
  }
  for (const stretch of stretches) {
    for (const field of FIELDS) {
      numbers.set(stretch[field], at);
      at += stretch[field].length;
    }
  }
  return numbers.buffer;
}

/** The stretches of a buffer that `pack` made from `count` of them; views, not copies. */
export function unpack(buffer: ArrayBuffer, count: number): Stretch[] {
  const numbers = new Float64Array(buffer);
  let at = 2 * count;
  const take = (length: number) => {
    at += length;
    return numbers.subarray(at - length, at);
  };
  return Array.from({ length: count }, (_, i) => {
    const points = numbers[2 * i] ?? 0;
    const marks = numbers[2 * i + 1] ?? 0;
    return { x: take(points), y: take(points), marksX: take(marks), marksY: take(marks) };
  });
}
