import { describe, expect, it } from "vitest";
import { randomState } from "../../../../trainer/lessons/numpy.ts";

/** Expected values: numpy 2.4.6 with `np.random.seed`. */
describe("numpy's legacy random numbers", () => {
  const first = (draw: () => number, count: number) => Array.from({ length: count }, draw);
  /** Changes when any of the values does, or their order. */
  const weighted = (values: number[]) => values.reduce((sum, x, i) => sum + (i + 1) * x, 0);

  it("gives seed 42's thousand uniforms", () => {
    const random = randomState(42);
    const values = first(() => random.uniform(), 1000);
    expect(values.slice(0, 5)).toEqual([
      0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.5986584841970366,
      0.15601864044243652,
    ]);
    expect(values[999]).toBe(0.44600577295795574);
    expect(weighted(values)).toBeCloseTo(243308.68041690375, 8);
  });

  it("gives seed 42's thousand normals", () => {
    const random = randomState(42);
    const values = first(() => random.normal(), 1000);
    const expected = [
      0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254,
      -0.23415337472333597,
    ];
    expected.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 14);
    });
    expect(values[999]).toBeCloseTo(0.5725827813561586, 14);
    expect(weighted(values)).toBeCloseTo(19701.04082274883, 8);
    expect(randomState(0).normal()).toBeCloseTo(1.764052345967664, 14);
  });

  it("keeps the second normal of a pair across a uniform", () => {
    const random = randomState(42);
    first(() => random.normal(), 3);
    expect(random.uniform()).toBe(0.15601864044243652);
    expect(random.normal()).toBeCloseTo(1.5230298564080254, 14);
  });

  it("tosses seed 42's coins: binomial(1, 0.5) is 1 where the bits are not negative", () => {
    const random = randomState(42);
    const coins = first(() => (random.bits() < 0 ? 0 : 1), 1000);
    expect(coins.slice(0, 64).join("")).toBe(
      "0111000111011000010010000101101001110010000101011011111100000010",
    );
    expect(coins.reduce((a, b) => a + b, 0)).toBe(497);
  });

  it("goes on from a saved state", () => {
    const random = randomState(42);
    first(() => random.normal(), 3);
    const state = random.state();
    const next = first(() => random.normal(), 4);
    const other = randomState(0);
    other.restore(state);
    expect(first(() => other.normal(), 4)).toEqual(next);
  });
});
