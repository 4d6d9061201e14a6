/** Two processes, epoch by epoch in turn. */
import type { BenchRow } from "../row.ts";
import { median } from "../row.ts";
import type { Peer } from "./peer.ts";

export interface Comparison {
  bench: string;
  goal: number | null;
  baseline: string;
  /** Until the compilers are done. */
  warmUps: number;
  repetitions: number;
}

/** Median of the ratios of neighbours in time: whatever else the machine does hits both of a pair. Ends both. */
export async function compare(
  ours: Peer,
  theirs: Peer,
  { bench, goal, baseline, warmUps, repetitions }: Comparison,
): Promise<BenchRow> {
  const began = performance.now();
  for (let i = 0; i < warmUps; i++) {
    await theirs.epoch();
    await ours.epoch();
  }
  const ratios: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    // Either goes first as often as the other.
    const [first, second] = i % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const times = new Map([
      [first, await first.epoch()],
      [second, await second.epoch()],
    ]);
    ratios.push(times.get(ours)! / times.get(theirs)!);
  }
  ours.stop();
  theirs.stop();
  return {
    bench,
    value: median(ratios),
    unit: "ratio",
    goal,
    baseline,
    device: ours.device,
    seconds: (performance.now() - began) / 1000,
  };
}
