/** Gradient descent with rates that are too high, too low and right. */
import { sgd } from "../optimizers/sgd.ts";
import { descend, parabola } from "./descend.ts";
import type { Figure } from "./figure.ts";

/** Places and values of x² along plain gradient descent. */
function onParabola(learningRate: number, start: number, steps: number) {
  const rule = sgd({ type: "sgd" });
  const rates = Array<number>(steps).fill(learningRate);
  const x = descend({ rule, rates, start: [start], gradient: parabola }).flat();
  return { x, f: x.map((value) => value ** 2) };
}

export function learningRateFigures(): Figure[] {
  const tooHigh = onParabola(2, 1, 3);
  const good = onParabola(0.1, 1, 3);
  return [...lossSeries(), ...firstSteps(tooHigh.x, good.x), ...table(tooHigh, good)];
}

/** Lesson 000 names neither loss nor rate: x² from a loss of 10, and rates that were chosen to fit. */
function lossSeries(): Figure[] {
  const from10 = (rate: number, steps: number) => onParabola(rate, Math.sqrt(10), steps).f;
  const series = (losses: number[]) => losses.map((loss) => loss.toFixed(1)).join(" → ");
  const tooHigh = from10(1.11, 2);
  const right = from10(0.081, 6);
  return [
    {
      at: "000:58",
      what: "loss at a rate too high (x², rate 1.11), to whole numbers",
      lesson: "10.0 → 15.0 → 22.0",
      ours: {
        text: series(tooHigh),
        holds: tooHigh.every((loss, i) => Math.round(loss) === [10, 15, 22][i]),
      },
    },
    {
      at: "000:61",
      what: "loss at a rate too low (x², rate 0.00025)",
      lesson: "10.0 → 9.99 → 9.98 → 9.97",
      ours: from10(0.00025, 3),
    },
    {
      at: "000:64",
      what: "loss at a rate just right (x², rate 0.081): it falls at every step",
      lesson: "10.0 → 8.5 → 7.2 → 5.8 → 4.1 → 2.5 → 1.2",
      ours: {
        text: series(right),
        holds: right.every((loss, i) => i === 0 || loss < right[i - 1]!),
      },
    },
  ];
}

function firstSteps(tooHigh: number[], good: number[]): Figure[] {
  return [
    { at: "003:293", what: "x² from 1, rate 2.0", lesson: "1 → -3 → 9 → -27", ours: tooHigh },
    {
      at: "003:303",
      what: "x² from 1, rate 0.1",
      lesson: "1 → 0.8 → 0.64 → 0.512",
      ours: good,
    },
  ];
}

function table(
  tooHigh: { x: number[]; f: number[] },
  good: { x: number[]; f: number[] },
): Figure[] {
  const printed = [
    "1.0 1.0  1.0 1.0",
    "-3.0 9.0  0.8 0.64",
    "9.0 81.0  0.64 0.41",
    "-27.0 729.0  0.512 0.26",
  ];
  return printed.map((lesson, step) => ({
    at: `003:${308 + step}`,
    what: `step ${step}: x and x², rates 2.0 and 0.1`,
    lesson,
    ours: [tooHigh.x[step]!, tooHigh.f[step]!, good.x[step]!, good.f[step]!],
  }));
}
