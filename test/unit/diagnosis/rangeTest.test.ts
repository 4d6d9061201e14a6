import { expect, test } from "vitest";
import { judgeRangeTest, type RangePoint } from "../../../diagnosis/rangeTest.ts";

/** 100 rates from 1e-8 to 10, as the trainer takes them. */
const RATES = Array.from({ length: 100 }, (_, i) => 1e-8 * 1e9 ** (i / 99));
/** Noise with standard deviation 1, roughly: the same each time. */
const NOISE = RATES.map(
  (_, i) =>
    [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.sin(997 * i * (k + 1) + k * k), 0) / 1.73,
);

/** Gradient descent on λ/2 · x² from x = 1: stable for rates below 2/λ. */
function descent(curvature: number, noise = 0): RangePoint[] {
  let x = 1;
  return RATES.map((learningRate, i) => {
    const loss = (curvature / 2) * x * x + noise * NOISE[i]!;
    x -= learningRate * curvature * x;
    return { learningRate, loss };
  });
}

test("S3-31: on x², stable for rates below 1, the suggestion is stable and the divergence beyond 1", () => {
  const { suggestion, diverges, lowest } = judgeRangeTest(descent(2));
  expect(suggestion).toBeGreaterThan(0.01);
  expect(suggestion).toBeLessThan(0.2);
  expect(lowest).toBeGreaterThan(0.2);
  expect(diverges).toBeGreaterThan(1);
  expect(diverges).toBeLessThan(3);
});

test("a hundred times the curvature asks for a hundredth of the rate", () => {
  const [flat, steep] = [judgeRangeTest(descent(0.2)), judgeRangeTest(descent(20))];
  const ratio = flat.suggestion! / steep.suggestion!;
  expect(ratio).toBeGreaterThan(60);
  expect(ratio).toBeLessThan(170);
});

test("the steepest descent is found beneath noise, to within a factor of two", () => {
  const clean = judgeRangeTest(descent(2)).suggestion!;
  const noisy = judgeRangeTest(descent(2, 0.05)).suggestion!;
  expect(noisy / clean).toBeGreaterThan(0.5);
  expect(noisy / clean).toBeLessThan(2);
});

test("a sigmoid over the logarithm of the rate falls fastest at its middle", () => {
  const points = RATES.map((learningRate) => ({
    learningRate,
    loss: 0.3 + 2 / (1 + Math.exp(2 * Math.log(learningRate / 3e-3))),
  }));
  const { suggestion, diverges, reason } = judgeRangeTest(points);
  expect(suggestion).toBe(0.003);
  expect(diverges).toBeNull();
  expect(reason).toContain("never diverges");
});

test.each([
  ["constant", () => 2.3, "flat"],
  ["pure noise", (_: number, i: number) => 2.3 + 0.4 * NOISE[i]!, "one batch differs"],
  ["only rising", (rate: number) => 1 + rate, "flat"],
])("no suggestion for a loss that is %s", (_name, loss, why) => {
  const result = judgeRangeTest(
    RATES.map((learningRate, i) => ({ learningRate, loss: loss(learningRate, i) })),
  );
  expect(result.suggestion).toBeNull();
  expect(result.reason).toContain(why);
});

test("a loss that is no number from the start leaves nothing to suggest", () => {
  const { suggestion, diverges } = judgeRangeTest(
    RATES.map((learningRate) => ({ learningRate, loss: Number.NaN })),
  );
  expect(suggestion).toBeNull();
  expect(diverges).toBe(1e-8);
});

test("one wild batch is no divergence", () => {
  const points = descent(2).map((point, i) => (i === 30 ? { ...point, loss: 100 } : point));
  expect(judgeRangeTest(points).diverges).toBeGreaterThan(1);
});

test("a loss that becomes NaN diverges there", () => {
  const points = descent(2).map((point) => ({
    ...point,
    loss: point.learningRate > 0.3 ? Number.NaN : point.loss,
  }));
  const { diverges, suggestion } = judgeRangeTest(points);
  expect(diverges).toBe(RATES.find((rate) => rate > 0.3));
  expect(suggestion).not.toBeNull();
});
