/** The stretch of the new text that is not in the old one. */
export function changedSpan(before: string, after: string): { offset: number; length: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { offset: head, length: after.length - tail - head };
}
