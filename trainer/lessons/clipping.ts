/** Lesson 003's worked example of clipping a gradient. */
import { sgd } from "../optimizers/sgd.ts";
import { clipScale, shape } from "../optimizers/shape.ts";
import { Squares } from "../optimizers/update.ts";
import type { Figure } from "./figure.ts";

const GRADIENT = [3, -4, 1.5, -2.5];
const THRESHOLD = 3;

/** The gradient after the optimizers' clipping by value, and its norm before. */
function clippedByValue(threshold: number) {
  const gradient = Float64Array.from(GRADIENT);
  const squares = new Squares();
  shape(gradient, gradient, { l1: 0, l2: 0 }, threshold, squares);
  return { gradient: [...gradient], norm: Math.sqrt(squares.gradient) };
}

/** The first update of gradient descent at rate 1, after clipping by norm. */
function update(norm: number, threshold: number): { update: number[]; norm: number } {
  const rule = sgd({ type: "sgd" });
  const weights = new Float64Array(GRADIENT.length);
  const squares = new Squares();
  const scale = clipScale(norm, threshold);
  const step = { learningRate: 1, step: 1, scale };
  rule.apply(weights, Float64Array.from(GRADIENT), rule.remember(weights), step, squares);
  return { update: [...weights], norm: Math.sqrt(squares.update) };
}

/** Degrees from the gradient. */
function turned(clipped: number[]): number {
  const dot = GRADIENT.reduce((sum, g, i) => sum + g * clipped[i]!, 0);
  return (Math.acos(dot / Math.hypot(...GRADIENT) / Math.hypot(...clipped)) * 180) / Math.PI;
}

export function clippingFigures(): Figure[] {
  const { norm } = clippedByValue(Number.POSITIVE_INFINITY);
  const clipped = update(norm, THRESHOLD);
  const squares = clipped.update.map((u) => u ** 2);
  const ratio = update(norm, Number.POSITIVE_INFINITY).norm / clipped.norm;
  return [
    ...byValue(),
    ...[5, 1].map(
      (threshold): Figure => ({
        at: "003:214",
        what: `clip by norm: the factor at threshold ${threshold}`,
        run: true,
        lesson: threshold === 5 ? "0.8639" : "0.1728",
        ours: [clipScale(norm, threshold)],
      }),
    ),
    {
      at: "003:321",
      what: "norm of the gradient",
      lesson: "√33.5 ≈ 5.788",
      ours: [norm ** 2, norm],
    },
    {
      at: "003:331",
      what: "factor at threshold 3",
      lesson: "0.5183",
      ours: [clipScale(norm, THRESHOLD)],
    },
    {
      at: "003:335",
      what: "clipped gradient",
      lesson: "[1.555, -2.073, 0.777, -1.296]",
      ours: clipped.update.map((u) => -u),
    },
    {
      at: "003:337",
      what: "its squares",
      lesson: "2.418 + 4.297 + 0.604 + 1.680 = 8.999",
      ours: [...squares, squares.reduce((a, b) => a + b)],
      wrong: {
        right: "2.418 + 4.299 + 0.604 + 1.679 = 9.000",
        reason: "It squares figures that were already rounded to three digits.",
      },
    },
    { at: "003:337", what: "its norm", lesson: "3.0", ours: [clipped.norm] },
    {
      at: "003:339",
      what: "an update without clipping, against one with",
      lesson: "nearly twice",
      ours: { text: `${ratio.toFixed(3)} times`, holds: ratio > 1.9 && ratio < 2 },
    },
  ];
}

function byValue(): Figure[] {
  const turn = turned(clippedByValue(THRESHOLD).gradient);
  return [
    {
      at: "003:205",
      what: "clip by value at threshold 3",
      run: true,
      lesson: "[3.0, -3.0, 1.5, -2.5]",
      ours: clippedByValue(THRESHOLD).gradient,
    },
    {
      at: "003:205",
      what: "the direction then",
      lesson: "can change",
      ours: { text: `turned by ${turn.toFixed(2)}°`, holds: turn > 1 },
    },
  ];
}
