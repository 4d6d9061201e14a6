/** Learning rates: where to start, how far an update may go, how people write them. */
import type { Observation } from "../detector.ts";
import type { History } from "../history.ts";
import { type UsualRate, usualRate } from "../theory/optimizers.ts";

/** The largest healthy change of the weights a step: 1e-3 is usual, ten times that is still fine (CS231n). */
export const LARGEST_UPDATE = 1e-2;
export const USUAL_UPDATE = 1e-3;

/** Of this run's optimizer; NaN where that is not known. */
export function usualStart({ run }: History): number {
  return usualRate(run?.optimizer.name ?? "")?.start ?? Number.NaN;
}

/**
 * Whether nothing but practice speaks against the rate, before the first update: then a usual one may stay.
 * @param outside whether the rate is outside of what is usual on the side in question
 */
export function mayStay(
  observation: Observation,
  { run }: History,
  outside: (rate: number, usual: UsualRate) => boolean,
): boolean {
  if (observation.firstStep !== 0 || observation.evidence.length > 0) return false;
  const usual = usualRate(run?.optimizer.name ?? "");
  return usual !== undefined && !outside(run?.optimizer.learningRate ?? Number.NaN, usual);
}

/** To 1, 2 or 5 times a power of ten, as people write learning rates. */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const digit = [5, 2, 1].find((d) => d * power <= value * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(1));
}

export function roundUp(value: number): number {
  const down = roundDown(value);
  if (down >= value * (1 - 1e-9)) return down;
  return roundDown(down * 2.5);
}
