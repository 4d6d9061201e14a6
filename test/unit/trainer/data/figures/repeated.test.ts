import { expect, it } from "vitest";
import { repeatedRows } from "../../../../../trainer/data/figures/repeated.ts";
import { stream } from "../../../../../trainer/random.ts";

const part = (width: number, inputs: ArrayLike<number>) => ({
  rows: inputs.length / width,
  inputs: Float32Array.from(inputs),
  targets: new Float32Array(inputs.length / width),
});

it("counts rows that were there before", () => {
  const train = part(2, [1, 2, 3, 4, 1, 2, 2, 1, 1, 2]);
  const validation = part(2, [3, 4, 4, 3, 3, 4]);
  expect(repeatedRows(train, validation, part(2, [2, 1]))).toEqual({
    train: 2,
    validation: 2,
    test: 1,
  });
  expect(repeatedRows(train, null, null)).toEqual({ train: 2, validation: 0, test: 0 });
});

it.each([1, 3, 8, 37])(
  "agrees with comparing texts, in rows of %i numbers of few values",
  (width) => {
    const { uniform } = stream(width, "test");
    // So few values that short rows repeat by chance, and long ones by copying.
    const rows = Array.from({ length: 3000 }, () =>
      Array.from({ length: width }, () => Math.floor(uniform() * 40) / 4),
    );
    for (let i = 0; i < 100; i++) rows[2000 + 7 * i] = rows[i]!;
    const texts = rows.map((row) => row.join());
    const [train, validation] = [rows.slice(0, 2500), rows.slice(2500)];
    const known = new Set(texts.slice(0, 2500));
    expect(repeatedRows(part(width, train.flat()), part(width, validation.flat()), null)).toEqual({
      train: 2500 - known.size,
      validation: texts.slice(2500).filter((text) => known.has(text)).length,
      test: 0,
    });
  },
);

it("knows rows of NaN again, and tells rows apart that differ in one number", () => {
  const long = new Float32Array(300);
  const other = long.slice();
  other[299] = 1e-30;
  expect(repeatedRows(part(300, [...long, ...other]), null, null).train).toBe(0);
  expect(repeatedRows(part(1, [Number.NaN, Number.NaN]), null, null).train).toBe(1);
});
