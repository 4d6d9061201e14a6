import { expect, test } from "vitest";
import { isSampled } from "../../../../trainer/script/sampling.ts";

const sampled = (steps: number, planned: number | null) =>
  Array.from({ length: steps }, (_, i) => i + 1).filter((step) => isSampled(step, planned));

test("a short training carries figures at every step", () => {
  expect(sampled(2000, 2000)).toHaveLength(2000);
});

test("a long one at evenly spread steps, the first among them", () => {
  const steps = sampled(14_000, 14_000);
  expect(steps).toHaveLength(2000);
  expect(steps.slice(0, 3)).toEqual([1, 8, 15]);
});

test("one of unknown length thins out", () => {
  const steps = sampled(100_000, null);
  expect(steps.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
  expect(steps.length).toBeLessThan(10_000);
  expect(steps.at(-1)).toBeGreaterThan(99_000);
});
