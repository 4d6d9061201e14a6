/** One line of `npm run bench -- --json`; `value` is a ratio against `baseline` where one exists, smaller is better. */
export interface BenchRow {
  bench: string;
  value: number;
  unit: string;
  /** Null where nothing is promised. */
  goal: number | null;
  baseline: string;
  device: string;
  seconds: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Milliseconds that the work took. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
