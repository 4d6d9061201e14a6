import { expect, it } from "vitest";
import { column, scalar } from "../../../../trainer/probe/rounding.ts";

it("rounds to 5 and 7 significant digits, as toPrecision does", () => {
  for (let exponent = -30; exponent <= 30; exponent++) {
    for (const digits of [1.23456789, -9.87654321, 5.5555501, 1, 9.999994]) {
      const value = digits * 10 ** exponent;
      expect(column(value)).toBeCloseTo(Number(value.toPrecision(5)), 300);
      expect(
        String(column(value))
          .replace(/e.*|^-|\./g, "")
          .replace(/^0+|0+$/g, "").length,
      ).toBeLessThanOrEqual(5);
      expect(Math.abs(scalar(value) / value - 1)).toBeLessThan(5.1e-7);
    }
  }
});

it("leaves 0, NaN and infinities as they are", () => {
  for (const value of [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(column(value)).toBe(value);
    expect(scalar(value)).toBe(value);
  }
});
