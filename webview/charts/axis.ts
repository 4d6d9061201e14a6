/** The y axis of a chart: where it ends, and where its ticks stand. Ends are round numbers, so a live axis rests. */
import type { Stretch } from "../../telemetry/series.ts";

export interface Axis {
  log: boolean;
  min: number;
  max: number;
  ticks: number[];
}

/** What is to be fitted in. */
export interface Extent {
  min: number;
  max: number;
  /** The smallest value above zero. */
  smallest: number;
  /** Whether there are values that a logarithm cannot show. */
  flat: boolean;
  first: number;
}

/**
 * A logarithmic axis reaches that many powers of ten down from its top, and to that power in any case; what
 * lies lower, such as an underflown gradient, sits on its floor.
 */
const DECADES = 16;
const LOWEST = -12;
/** When values grow to that many times the first one, a linear axis shows nothing of what was before. */
const EXPLOSION = 100;

/** The extent of the finite points from one step to another, and of the usual values where there are such. */
export function extent(
  stretches: Iterable<Stretch>,
  from: number,
  to: number,
  usual: { from: number; to: number } | null = null,
): Extent {
  const all: Extent = {
    min: usual?.from ?? Infinity,
    max: usual?.to ?? -Infinity,
    smallest: usual?.from ?? Infinity,
    flat: false,
    first: Number.NaN,
  };
  for (const { x, y } of stretches) {
    for (let i = 0; i < y.length; i++) {
      const step = x[i] as number;
      if (step < from || step > to) continue;
      const value = y[i] as number;
      if (Number.isNaN(all.first)) all.first = value;
      if (value < all.min) all.min = value;
      if (value > all.max) all.max = value;
      if (value <= 0) all.flat = true;
      else if (value < all.smallest) all.smallest = value;
    }
  }
  return all;
}

/**
 * Whether values of that extent need a logarithmic axis to be seen. Not where they fall by orders of
 * magnitude, as a loss does that is learnt by heart: there a rise of another line beside it must show.
 */
export function needsLog({ max, first, flat }: Extent): boolean {
  return !flat && max > EXPLOSION * first;
}

/** An axis that holds the extent; known ends are kept on a linear axis. */
export function makeAxis(
  found: Extent,
  log: boolean,
  limits: { min?: number; max?: number } = {},
): Axis {
  return log ? logAxis(found) : linearAxis(found, limits);
}

function logAxis({ max, smallest, flat }: Extent): Axis {
  if (smallest > max) return { log: true, min: 1e-4, max: 1, ticks: [1e-4, 1e-3, 1e-2, 0.1, 1] };
  const top = Math.ceil(Math.log10(max) + 0.05);
  const lowest = Math.floor(Math.log10(smallest) - 0.05) - (flat ? 1 : 0);
  const bottom = Math.max(Math.min(lowest, top - 1), Math.min(top - DECADES, LOWEST));
  const every = Math.ceil((top - bottom) / 6);
  const ticks: number[] = [];
  for (let power = bottom; power <= top; power += every) ticks.push(10 ** power);
  return { log: true, min: 10 ** bottom, max: 10 ** top, ticks };
}

function linearAxis(found: Extent, limits: { min?: number; max?: number }): Axis {
  let { min, max } = found.min > found.max ? { min: 0, max: 1 } : found;
  // Zero is worth its room when the values come near it.
  if (min > 0 && min < max / 2) min = 0;
  if (min === max) {
    min = Math.min(0, 1.5 * min);
    max = Math.max(0, 1.5 * max) || 1;
  }
  min = limits.min ?? min;
  max = limits.max === undefined ? max : Math.max(min, limits.max);
  if (min === max) min -= 1;
  const step = roundStep((max - min) / 4);
  const first = Math.floor(min / step + 1e-9);
  const last = Math.ceil(max / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step));
  return { log: false, min: tidy(first * step), max: tidy(last * step), ticks };
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((round) => round * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
