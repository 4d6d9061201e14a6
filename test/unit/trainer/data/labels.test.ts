import { expect, it } from "vitest";
import { readTargets } from "../../../../trainer/data/labels.ts";

const read = (
  loss: Parameters<typeof readTargets>[1],
  labels: string[],
  wanted?: Parameters<typeof readTargets>[2],
  testRows = 0,
) =>
  readTargets(
    {
      labels,
      origin: { text: 'Column "y" of d.csv', where: { recipe: ["data", "label"] } },
      place: (row) => ({
        text: `Line ${row + 2} of d.csv, column "y"`,
        where: { file: "/d.csv", line: row + 2, column: 1 },
      }),
      testRows,
    },
    loss,
    wanted,
  );

/** What the loss sees of each row. */
function seen({ values, encoding }: ReturnType<typeof readTargets>): number[][] {
  const units = Array.from({ length: encoding.units }, (_, unit) => unit);
  return Array.from(values, (target) => units.map((unit) => encoding.value(target, unit)));
}

it("orders numeric classes by value, and takes 3 and 3.0 for one", () => {
  const { classes, values } = read("sparseCategoricalCrossentropy", ["10", "3", "3.0", "-1"]);
  expect(classes).toEqual(["-1", "3", "10"]);
  expect([...values]).toEqual([2, 1, 1, 0]);
});

it("orders other classes by name", () => {
  const { classes, values } = read("categoricalCrossentropy", ["b", "a", "2", "b"]);
  expect(classes).toEqual(["2", "a", "b"]);
  expect([...values]).toEqual([2, 1, 0, 2]);
});

it("keeps the values for a regression, and refuses text there", () => {
  const regression = read("meanSquaredError", ["1.5", "-2"]);
  expect(regression.classes).toBeNull();
  expect(seen(regression)).toEqual([[1.5], [-2]]);
  expect(() => read("meanSquaredError", ["1", "tall"])).toThrow(
    'Line 3 of d.csv, column "y": "tall" is not a number, and meanSquaredError needs numbers: for classes set "targets".',
  );
});

it("S4-16: maps the targets {0, 1} to {−1, +1}, and to one unit a class where there are more", () => {
  const two = read("meanSquaredError", ["0", "1", "0"], "plusMinusOne");
  expect(two.classes).toEqual(["0", "1"]);
  expect(seen(two)).toEqual([[-1], [1], [-1]]);
  expect(seen(read("meanSquaredError", ["a", "b", "c"], "plusMinusOne"))).toEqual([
    [1, -1, -1],
    [-1, 1, -1],
    [-1, -1, 1],
  ]);
});

it("gives two classes as 0 and 1, and any number of them as one hot unit", () => {
  expect(seen(read("meanSquaredError", ["no", "yes"], "zeroOne"))).toEqual([[0], [1]]);
  expect(seen(read("meanSquaredError", ["5", "3", "4"], "oneHot"))).toEqual([
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ]);
  expect(() => read("meanSquaredError", ["0", "1", "2"], "zeroOne")).toThrow(
    'Column "y" of d.csv has 3 classes, and "zeroOne" is for exactly 2: use "oneHot".',
  );
});

it("wants exactly two classes for binaryCrossentropy, and more than one for any", () => {
  expect([...read("binaryCrossentropy", ["no", "yes", "no"]).values]).toEqual([0, 1, 0]);
  expect(() => read("binaryCrossentropy", ["0", "1", "2"])).toThrow(
    /has 3 classes, and binaryCrossentropy needs exactly 2/,
  );
  expect(() => read("sparseCategoricalCrossentropy", ["7", "7"])).toThrow(
    /holds the value 7 only: there is nothing to tell apart/,
  );
});

it("refuses a class that only the test set has", () => {
  expect(() => read("sparseCategoricalCrossentropy", ["0", "1", "1", "2"], undefined, 2)).toThrow(
    'Line 5 of d.csv, column "y": the class 2 is in the test set only, so it cannot be learnt: add examples of it to train on.',
  );
});
