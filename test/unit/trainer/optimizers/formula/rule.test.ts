import { describe, expect, it } from "vitest";
import { ruleOf } from "../../../../../trainer/optimizers/formula/rule.ts";
import { Squares } from "../../../../../trainer/optimizers/update.ts";

/** Two slots, a look-ahead, every operation. */
const rule = ruleOf({
  slots: ["m", "v"],
  numbers: (rate, step) => ({ rate, keep: 0.75, step }),
  body: "m = keep * m + gradient; v = v + gradient * gradient; update = -rate * m / (sqrt(v) + step);",
  shown: "weight + update - keep * m",
});

/** One weight at a time. @returns the weights, those shown, and the sums of squares after so many steps */
function textbook(start: number[], gradient: (step: number) => number[], steps: number) {
  const [w, m, v] = [[...start], start.map(() => 0), start.map(() => 0)];
  const sums = { clipped: 0, weights: 0, update: 0 };
  for (let step = 1; step <= steps; step++) {
    Object.assign(sums, { clipped: 0, weights: 0, update: 0 });
    for (const [i, raw] of gradient(step).entries()) {
      const g = raw * 0.5;
      m[i] = 0.75 * m[i]! + g;
      v[i] = v[i]! + g * g;
      const update = (-0.1 * m[i]!) / (Math.sqrt(v[i]!) + step);
      sums.clipped += g ** 2;
      sums.weights += w[i]! ** 2;
      sums.update += update ** 2;
      w[i] = w[i]! + update;
    }
  }
  return { w, shown: w.map((weight, i) => weight - 0.75 * m[i]!), sums };
}

const farthest = (of: ArrayLike<number>, from: number[]) =>
  Math.max(...from.map((value, i) => Math.abs(value - of[i]!)));

/** Around a pair, and around the block that is computed at once. */
const LENGTHS = [1, 2, 3, 5, 1023, 1024, 1025, 2047, 2048, 2049, 4097];
const STEPS = 4;

describe.each([
  ["32", Float32Array, 1e-6],
  ["64", Float64Array, 1e-13],
])("with arrays of %s bits", (_, Bits, tolerance) => {
  it.each(LENGTHS)("updates %i weights as the formula says, and sums squares", (length) => {
    const start = Array.from({ length }, (_, i) => Math.sin(i + 1));
    const gradient = (step: number) => start.map((_, i) => Math.cos(i * step));
    const expected = textbook(start, gradient, STEPS);

    const weights = Bits.from(start);
    const memory = rule.remember(weights);
    const squares = new Squares();
    for (let step = 1; step <= STEPS; step++) {
      const update = { learningRate: 0.1, step, scale: 0.5 };
      rule.apply(weights, Bits.from(gradient(step)), memory, update, squares);
    }
    expect(farthest(weights, expected.w)).toBeLessThan(tolerance);
    expect(farthest(memory.shown, expected.shown)).toBeLessThan(tolerance);
    for (const which of ["clipped", "weights", "update"] as const) {
      expect(Math.abs(squares[which] / expected.sums[which] - 1)).toBeLessThan(tolerance);
    }
  });
});

it("shows what is lost: NaN and infinity go through", () => {
  const weights = Float32Array.of(1, 1, 1);
  const gradient = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0);
  const squares = new Squares();
  const update = { learningRate: 0.1, step: 1, scale: 1 };
  rule.apply(weights, gradient, rule.remember(weights), update, squares);
  expect([...weights]).toEqual([Number.NaN, Number.NaN, 1]);
  expect(squares.clipped).toBeNaN();
});

it("refuses a formula that uses what it is not given", () => {
  const lacking = ruleOf({ slots: [], numbers: () => ({}), body: "update = -rate * gradient;" });
  const weights = Float32Array.of(1);
  const update = { learningRate: 0.1, step: 1, scale: 1 };
  expect(() =>
    lacking.apply(weights, weights.slice(), lacking.remember(weights), update, new Squares()),
  ).toThrow(/unknown rate/);
});
