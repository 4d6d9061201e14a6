/** Two processes, epoch by epoch in turn. */
import type { BenchRow } from "../row.ts";
import { median } from "../row.ts";
import type { Peer } from "./peer.ts";

export interface Comparison {
  bench: string;
  goal: number | null;
  baseline: string;
  /** Pairs of epochs, as many as there is time for. */
  pairs: number;
}

/** Until the compilers are done. */
const WARM_UPS = 4;
const WARM_UP_SECONDS = 5;
const SECONDS = 20;
const FEWEST_PAIRS = 3;

/** Median of the ratios of neighbours in time: whatever else the machine does hits both of a pair. Ends both. */
export async function compare(
  ours: Peer,
  theirs: Peer,
  { bench, goal, baseline, pairs }: Comparison,
): Promise<BenchRow> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  for (let i = 0; i < WARM_UPS && (i === 0 || seconds() < WARM_UP_SECONDS); i++) {
    await theirs.epoch();
    await ours.epoch();
  }
  const ratios: number[] = [];
  while (ratios.length < pairs && (ratios.length < FEWEST_PAIRS || seconds() < SECONDS)) {
    // Either goes first as often as the other.
    const [first, second] = ratios.length % 2 === 0 ? [ours, theirs] : [theirs, ours];
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
    seconds: seconds(),
  };
}
