import { expect, it } from "vitest";
import { rectify } from "../../../../trainer/backends/relu.ts";

it("keeps positive numbers and every NaN, and makes the rest 0", () => {
  const given = Float32Array.of(
    1,
    -1,
    0,
    -0,
    1e-45,
    -1e-45,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0,
    0,
    0,
  );
  const bits = new Int32Array(given.buffer);
  bits[8] = 0x7fc00000;
  bits[9] = 0xffc00000 | 0;
  bits[10] = 0xff800001 | 0;
  const result = new Int32Array(bits.length);
  rectify(bits, result);
  const values = [...new Float32Array(result.buffer)];
  expect(values).toEqual([
    1,
    0,
    0,
    0,
    given[4],
    0,
    Number.POSITIVE_INFINITY,
    0,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
  expect(Object.is(values[3], 0)).toBe(true);
});
