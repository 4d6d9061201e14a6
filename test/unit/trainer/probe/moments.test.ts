import { expect, it } from "vitest";
import { momentsOf } from "../../../../trainer/probe/moments.ts";

/** Around four, and around the block that is added up at once. */
it.each([0, 1, 3, 4, 5, 4095, 4096, 4097, 10_001])(
  "adds up %i values and their squares",
  (length) => {
    // Whole numbers: every order of addition is exact.
    const values = Float32Array.from({ length }, (_, i) => ((i * 7919) % 101) - 50);
    let [sum, squares] = [0, 0];
    for (const value of values) {
      sum += value;
      squares += value ** 2;
    }
    expect(momentsOf(values)).toEqual({ sum, squares });
  },
);

it("takes nothing over from what came before", () => {
  momentsOf(new Float32Array(5000).fill(9));
  expect(momentsOf(Float32Array.of(1, 2, 3))).toEqual({ sum: 6, squares: 14 });
});

it("squares in 64 bits: neither overflows nor vanishes where 32 would", () => {
  const { squares } = momentsOf(Float32Array.of(2 ** 100, 0, 0, 0, 0));
  expect(squares).toBe(2 ** 200);
  expect(momentsOf(Float32Array.of(2 ** -100)).squares).toBe(2 ** -200);
});

it("lets NaN and infinity through, wherever they stand", () => {
  const values = new Float32Array(4099);
  values[4098] = Number.NaN;
  expect(momentsOf(values)).toEqual({ sum: Number.NaN, squares: Number.NaN });
  values[4098] = Number.NEGATIVE_INFINITY;
  const infinite = { sum: Number.NEGATIVE_INFINITY, squares: Number.POSITIVE_INFINITY };
  expect(momentsOf(values)).toEqual(infinite);
});
