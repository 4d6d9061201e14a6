import { expect, it } from "vitest";
import { classOrder } from "../../../../../trainer/data/figures/order.ts";

const sorted = Int32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 100));

it("sees classes that come one after another", () => {
  const { longestRun, expectedRun } = classOrder(sorted, false);
  expect(longestRun).toBe(100);
  expect(expectedRun).toBeCloseTo(Math.log(900) / Math.log(10), 12);
});

it("looks at a random order where the epochs take one", () => {
  const { longestRun, expectedRun } = classOrder(sorted, true);
  expect(longestRun).toBeLessThan(expectedRun + 4);
});

it("expects about what coin tosses give: 6.97 heads in a row of 250", () => {
  const tosses = Int32Array.from({ length: 250 }, (_, i) => i % 2);
  expect(classOrder(tosses, false)).toEqual({
    longestRun: 1,
    expectedRun: expect.closeTo(Math.log2(125), 12),
  });
});

it("expects one run of a single class", () => {
  expect(classOrder(new Int32Array(7), false)).toEqual({ longestRun: 7, expectedRun: 7 });
});
