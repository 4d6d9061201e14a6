import { expect, it } from "vitest";
import { splitRows } from "../../../../trainer/data/split.ts";

const data = { csv: "d.csv", label: "y" };

it("gives 700, 150 and 150 of 1000 rows, each row once", () => {
  const { train, validation, test } = splitRows(1000, data, 1);
  expect([train.length, validation.length, test.length]).toEqual([700, 150, 150]);
  expect(new Set([...train, ...validation, ...test]).size).toBe(1000);
});

it("is decided by the seed", () => {
  expect(splitRows(50, data, 3)).toEqual(splitRows(50, data, 3));
  expect(splitRows(50, data, 3).train).not.toEqual(splitRows(50, data, 4).train);
  const sorted = splitRows(50, data, 3).train.every((row, i, all) => i === 0 || row > all[i - 1]!);
  expect(sorted).toBe(false);
});

it("draws the wanted number of rows first", () => {
  const split = { train: 0.5, validation: 0.5, test: 0 };
  const drawn = splitRows(100, { ...data, rows: 10, split }, 1);
  expect([drawn.train.length, drawn.validation.length, drawn.test.length]).toEqual([5, 5, 0]);
  expect(Math.max(...drawn.train, ...drawn.validation)).toBeGreaterThan(9);
});

it("says which part is empty, and that there are not that many rows", () => {
  expect(() => splitRows(3, data, 1)).toThrow(
    "The validation split is empty: 0.15 of 3 rows is none; use more rows or a larger share.",
  );
  expect(() => splitRows(3, { ...data, rows: 4 }, 1)).toThrow(
    /asks for 4 rows, and the file has 3/,
  );
});
