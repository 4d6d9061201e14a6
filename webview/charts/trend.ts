/**
 * A calm line through a noisy one: moving averages over a fixed share of what is shown. The noisy line
 * stays visible behind it, so that no spike is lost.
 */
import type { Stretch } from "../../telemetry/series.ts";
import type { Axis } from "./axis.ts";
import { grounded } from "./scene.ts";
import type { Range } from "./stage.ts";

/** Places at which the trend is worked out. */
const PLACES = 120;
/** Half the window, in places. */
const REACH = 3;
const NONE = new Float64Array();

/** Whether a line has so many points that noise would hide it. */
export function isDense({ x }: Stretch): boolean {
  return x.length > PLACES;
}

/** The trend of a dense stretch; on a logarithmic axis averages are geometric, as the eye's are. */
export function trend({ x, y }: Stretch, { from, to }: Range, axis: Axis): Stretch {
  const { log } = axis;
  const sums = new Float64Array(x.length + 1);
  for (let i = 0; i < x.length; i++) {
    const value = grounded(y[i] as number, axis);
    sums[i + 1] = (sums[i] as number) + (log ? Math.log(value) : value);
  }
  const pace = (to - from) / PLACES;
  const places = new Float64Array(PLACES + 1);
  const values = new Float64Array(PLACES + 1);
  let start = 0;
  let end = 0;
  for (let place = 0; place <= PLACES; place++) {
    const step = from + place * pace;
    while (start < x.length && (x[start] as number) < step - REACH * pace) start++;
    while (end < x.length && (x[end] as number) <= step + REACH * pace) end++;
    // Past the last point, and before the first, an average would invent a continuation.
    const reached = (x[end - 1] as number) >= step - pace && (x[start] as number) <= step + pace;
    const mean = ((sums[end] as number) - (sums[start] as number)) / (end - start);
    places[place] = step;
    // Not a number where nothing is: the line has a gap there.
    values[place] = reached ? (log ? Math.exp(mean) : mean) : Number.NaN;
  }
  return { x: places, y: values, marksX: NONE, marksY: NONE };
}
