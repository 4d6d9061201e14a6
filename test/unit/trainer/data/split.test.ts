import { expect, it } from "vitest";
import { drawRows, sharesOf, splitRows } from "../../../../trainer/data/split.ts";

const data = { csv: "d.csv", label: "y" };
const split = (count: number, seed: number, given: Parameters<typeof sharesOf>[0] = data) =>
  splitRows(drawRows(count, given.rows, seed), sharesOf(given, false));

it("S0-27: gives 700, 150 and 150 of 1000 rows, each row once", () => {
  const { train, validation, test } = split(1000, 1);
  expect([train.length, validation.length, test.length]).toEqual([700, 150, 150]);
  expect(new Set([...train, ...validation, ...test]).size).toBe(1000);
});

it("is decided by the seed", () => {
  expect(split(50, 3)).toEqual(split(50, 3));
  expect(split(50, 3).train).not.toEqual(split(50, 4).train);
  const sorted = split(50, 3).train.every((row, i, all) => i === 0 || row > all[i - 1]!);
  expect(sorted).toBe(false);
});

it("draws the wanted number of rows first", () => {
  const drawn = split(100, 1, { ...data, rows: 10, split: { train: 0.5, validation: 0.5 } });
  expect([drawn.train.length, drawn.validation.length, drawn.test.length]).toEqual([5, 5, 0]);
  expect(Math.max(...drawn.train, ...drawn.validation)).toBeGreaterThan(9);
});

it("leaves 15 of 100 to validate beside a test set of its own", () => {
  expect(sharesOf({ idx: { images: "i", labels: "l" } }, true)).toEqual({
    train: 0.85,
    validation: 0.15,
    test: 0,
  });
});

it("says which part is empty, and that there are not that many rows", () => {
  expect(() => split(3, 1)).toThrow(
    "The validation split is empty: 0.15 of 3 rows is none; use more rows or a larger share.",
  );
  expect(() => split(3, 1, { ...data, rows: 4 })).toThrow(/asks for 4 rows, and there are 3/);
});

it("S0-28: validates each row outside the test set in exactly one of five folds", () => {
  const drawn = drawRows(123, undefined, 1);
  const shares = sharesOf(data, false);
  const plain = splitRows(drawn, shares);
  const folds = [1, 2, 3, 4, 5].map((index) => splitRows(drawn, shares, { index, of: 5 }));
  for (const { train, validation, test } of folds) {
    expect(test).toEqual(plain.test);
    expect(new Set([...train, ...validation, ...test]).size).toBe(123);
    expect(train.length + validation.length + test.length).toBe(123);
  }
  const validated = folds.flatMap(({ validation }) => [...validation]);
  expect(validated.sort()).toEqual([...plain.train, ...plain.validation].sort());
  const sizes = folds.map(({ validation }) => validation.length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

it("refuses more folds than rows", () => {
  expect(() =>
    splitRows(drawRows(10, undefined, 1), sharesOf(data, false), { index: 1, of: 9 }),
  ).toThrow("9 folds of 8 rows would leave some empty: use fewer folds or more rows.");
});
