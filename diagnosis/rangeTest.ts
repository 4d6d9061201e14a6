/**
 * What a learning-rate range test says: the rate grows by the same factor every step, and the loss tells which rates
 * learn and which are too large (Smith 2015, "Cyclical Learning Rates for Training Neural Networks"). The suggestion is
 * the rate at which the loss falls fastest, as fastai and PyTorch Lightning take it.
 */
import { short } from "./format.ts";
import { median } from "./robust.ts";

export interface RangePoint {
  learningRate: number;
  /** Of one batch, before the update at this rate. */
  loss: number;
}

export interface RangeTest {
  points: readonly RangePoint[];
  /** The loss without its noise, step by step, up to where it diverges. */
  losses: number[];
  /** Where the loss falls fastest; null where that cannot be told. */
  suggestion: number | null;
  /** Where the loss is lowest; fastai's more careful rule takes a tenth of it. NaN for an empty test. */
  lowest: number;
  /** From which rate on the loss is four times its best, or no number; null where it never is. */
  diverges: number | null;
  /** One sentence with the numbers: why this suggestion, or why none. */
  reason: string;
}

/** Steps to each side that a point of the curve is fitted to: 0.4 decades of a test of 100 steps over nine. */
const REACH = 4;
/** Fewer tell no slope from a bend. */
const LEAST_STEPS = 4 * REACH;
const WINDOW = 2 * REACH + 1;
/** Times the best loss: fastai and Lightning stop here. */
const DIVERGED = 4;
/** Steps that it has to last. */
const LASTING = 3;
/**
 * Standard errors of the curve that the loss has to fall by: both ends of a fall in pure noise are the most extreme of
 * about 100 fitted points, three standard errors out each.
 */
const CLEAR = 6;
/** Share of the loss at the start that it has to fall by: less is no learning, however clean the curve. */
const WORTH = 0.01;

/** @param points in the order of the test, the rates growing by one factor */
export function judgeRangeTest(points: readonly RangePoint[]): RangeTest {
  const end = divergence(points);
  const used = points.slice(0, end);
  const fits = used.map((_, i) => fitAround(used, i));
  const losses = fits.map(({ loss }) => loss);
  const best = losses.indexOf(Math.min(...losses));
  const at = (i: number) => used[i]?.learningRate ?? Number.NaN;
  const diverges = points[end]?.learningRate ?? null;
  const known = { points, losses, lowest: at(best), diverges };
  const no = (reason: string): RangeTest => ({ ...known, suggestion: null, reason });
  if (used.length < LEAST_STEPS) {
    return no(`No suggestion: the loss is useful for ${used.length} steps only.`);
  }
  const [from, to] = [losses[0]!, losses[best]!];
  const fall = `the loss goes from ${short(from)} to ${short(to)} at best`;
  if (!(from - to > WORTH * Math.abs(from))) return no(`No suggestion: ${fall}, which is flat.`);
  if (!(from - to > CLEAR * errorOf(used.slice(0, best + 1), losses))) {
    return no(`No suggestion: ${fall}, and that of one batch differs from the next by as much.`);
  }
  const steepest = steepestOf(fits.slice(0, best + 1));
  const too = diverges === null ? "never diverges" : `diverges from ${short(diverges)} on`;
  return {
    ...known,
    suggestion: oneDigit(at(steepest)),
    reason: `The loss falls fastest at ${short(at(steepest))}, is lowest at ${short(at(best))} and ${too}.`,
  };
}

/**
 * Index of the first step whose loss, and that of the two after it, is four times the best median so far or no number;
 * the number of steps where there is none. Medians: a batch of its own kind is no divergence.
 */
function divergence(points: readonly RangePoint[]): number {
  let best = Number.POSITIVE_INFINITY;
  const at = points.findIndex((_, i) => {
    const past = points.slice(Math.max(0, i - WINDOW), i).map(({ loss }) => loss);
    if (past.length >= REACH) best = Math.min(best, median(past));
    const next = points.slice(i, i + LASTING);
    return next.every(({ loss }) => !(loss <= DIVERGED * best));
  });
  return at < 0 ? points.length : at;
}

/** Least-squares line through the neighbours (Savitzky and Golay 1964, order 1), which does not lag as a running mean does. */
function fitAround(points: readonly RangePoint[], at: number): { loss: number; slope: number } {
  const reach = Math.min(REACH, Math.max(at, points.length - 1 - at));
  const first = Math.max(0, at - reach);
  const near = points.slice(first, at + reach + 1);
  const middle = (near.length - 1) / 2;
  const mean = near.reduce((sum, { loss }) => sum + loss, 0) / near.length;
  const squares = near.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const slope = near.reduce((sum, { loss }, i) => sum + (i - middle) * loss, 0) / (squares || 1);
  return { loss: mean + slope * (at - first - middle), slope };
}

/** Of the steps with neighbours on both sides; the others' slopes are little more than noise. */
function steepestOf(fits: readonly { slope: number }[]): number {
  const slopes = fits.map(({ slope }, i) => (i < REACH ? 0 : slope));
  return slopes.indexOf(Math.min(...slopes));
}

/** Standard error of the fitted losses, from how far the measured ones lie from them. */
function errorOf(points: readonly RangePoint[], losses: readonly number[]): number {
  const off = points.map(({ loss }, i) => Math.abs(loss - losses[i]!));
  return (1.4826 * median(off)) / Math.sqrt(WINDOW);
}

/** As people write learning rates. */
function oneDigit(value: number): number {
  return Number(value.toPrecision(1));
}
