import { describe, expect, it } from "vitest";
import { LogMedian, median, medianInPlace, Window } from "../../../diagnosis/robust.ts";

describe("median", () => {
  it("takes the middle, NaN counting as the largest", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([1, Number.NaN, 2])).toBe(2);
    expect(median([])).toBe(0);
  });
});

describe("median in place", () => {
  it("agrees with the other on windows of every length, NaN and infinities among them", () => {
    const wild = [3, Number.NaN, 1, Number.POSITIVE_INFINITY, 2, 2, Number.NaN, -1, 0.5];
    for (let length = 1; length <= wild.length; length++) {
      for (let from = 0; from + length <= wild.length; from++) {
        const values = wild.slice(from, from + length);
        expect(medianInPlace(Float64Array.from(values))).toBe(median(values));
      }
    }
  });
});

describe("running median in constant room", () => {
  it("is within 5 % of the exact one over twelve powers of ten", () => {
    const values = Array.from({ length: 5001 }, (_, i) => 10 ** (((i * 7919) % 5001) / 417 - 6));
    const running = new LogMedian();
    for (const value of values) running.push(value);
    expect(running.value / median(values)).toBeGreaterThan(0.95);
    expect(running.value / median(values)).toBeLessThan(1.06);
  });

  it("leaves out what has no logarithm", () => {
    const running = new LogMedian();
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) running.push(value);
    expect(running.count).toBe(0);
    expect(running.value).toBeNaN();
  });
});

describe("window", () => {
  it("keeps the last values", () => {
    const window = new Window(2);
    for (const value of [1, 2, 3]) window.push(value);
    expect([window.first, window.last, window.full]).toEqual([2, 3, true]);
  });
});
