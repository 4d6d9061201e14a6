/** Questions to the course of a learning rate. */

export interface Point {
  step: number;
  learningRate: number;
}

/** A rise counts from twice the lowest rate before it. */
const RISE = 2;
/** A rate that is next to nothing beside the highest does no harm by doubling. */
const NOTICED = 0.05;

/** The first point at which a rate that had fallen to half has risen to twice its lowest again; undefined for none. */
export function risesAgain(points: readonly Point[]): { low: Point; high: Point } | undefined {
  const peak = peakOf(points);
  let highest = 0;
  let low: Point | undefined;
  for (const point of points) {
    highest = Math.max(highest, point.learningRate);
    if (
      point.learningRate <= highest / RISE &&
      point.learningRate < (low?.learningRate ?? highest)
    ) {
      low = point;
    }
    const risen = low && point.learningRate >= RISE * low.learningRate;
    if (low && risen && point.learningRate >= NOTICED * peak) return { low, high: point };
  }
  return undefined;
}

/** The first epoch with a rate of exactly 0 throughout; undefined for none. A schedule may end at 0. */
export function idleEpoch(points: readonly Point[], stepsPerEpoch: number): number | undefined {
  const byEpoch = new Map<number, boolean>();
  for (const { step, learningRate } of points) {
    const epoch = Math.ceil(step / stepsPerEpoch);
    byEpoch.set(epoch, (byEpoch.get(epoch) ?? true) && learningRate === 0);
  }
  return [...byEpoch].slice(0, -1).find(([, idle]) => idle)?.[0];
}

/** Steps from a lower rate up to where it first stops rising, as a share of all; 0 where it does not start low. */
export function warmupShare(points: readonly Point[], steps: number): number {
  const top = points.find(({ learningRate }, i) => {
    const next = points[i + 1]?.learningRate ?? 0;
    return learningRate > 0 && next <= learningRate;
  });
  const first = points[0]?.learningRate ?? 0;
  return top && first < top.learningRate / RISE ? (top.step - 1) / steps : 0;
}

/** The highest rate there can be, between the points too: a straight line through neighbours goes no further. */
export function highestPossible(points: readonly Point[]): number {
  const rates = points.map(({ learningRate }) => learningRate);
  const at = rates.indexOf(peakOf(points));
  const [here, before, after] = [points[at], points[at - 1], points[at + 1]];
  if (!here) return Number.NaN;
  const gap = (other: Point | undefined) =>
    other && Math.abs(other.step - here.step) > 1
      ? Math.abs(here.learningRate - other.learningRate)
      : 0;
  return here.learningRate + Math.max(gap(before), gap(after));
}

function peakOf(points: readonly Point[]): number {
  return points.reduce((peak, { learningRate }) => Math.max(peak, learningRate), 0);
}
