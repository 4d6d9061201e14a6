import { expect, it } from "vitest";
import { identicalUnits } from "../../../../trainer/probe/identicalUnits.ts";
import { stream } from "../../../../trainer/random.ts";

const drawn = (length: number, seed = 1) =>
  Float32Array.from({ length }, stream(seed, "test").normal);

it("S0-05: is 1 for ones · 0.1 of 100 × 100, and 0 for drawn weights", () => {
  expect(identicalUnits(new Float32Array(10_000).fill(0.1), 100)).toBe(1);
  expect(identicalUnits(drawn(10_000), 100)).toBe(0);
});

it("counts all copies and their originals, in groups of their own", () => {
  const kernel = drawn(12 * 8);
  const copy = (from: number, to: number) => {
    for (let row = 0; row < 12; row++) kernel[row * 8 + to] = kernel[row * 8 + from]!;
  };
  copy(0, 3);
  copy(0, 7);
  copy(1, 2);
  expect(identicalUnits(kernel, 8)).toBe(5 / 8);
  // The last bit of one weight.
  kernel[11 * 8 + 2]! *= 1 + 2 ** -23;
  expect(identicalUnits(kernel, 8)).toBe(3 / 8);
});

it("takes all axes but the last as incoming, as a convolution's", () => {
  const kernel = Float32Array.of(1, 2, 1, 3, 4, 3, 5, 6, 5);
  expect(identicalUnits(kernel, 3)).toBeCloseTo(2 / 3, 12);
});

it("is not for a single unit", () => {
  expect(identicalUnits(drawn(5), 1)).toBeNull();
});

it.each([3, 500])("agrees with comparing texts, for %i units of one of two weights", (units) => {
  const { bits } = stream(units, "test");
  const kernel = Float32Array.from({ length: 6 * units }, () => (bits() > 0 ? 1 : 0.5));
  const texts = Array.from({ length: units }, (_, unit) =>
    Array.from({ length: 6 }, (_, row) => kernel[row * units + unit]).join(),
  );
  const copies = texts.filter((text, i) => texts.some((other, j) => i !== j && other === text));
  expect(identicalUnits(kernel, units)).toBe(copies.length / units);
});
