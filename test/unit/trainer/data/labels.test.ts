import { expect, it } from "vitest";
import type { Table } from "../../../../trainer/data/csv.ts";
import { readTargets } from "../../../../trainer/data/labels.ts";

const table = (...labels: string[]): Table => ({
  file: "d.csv",
  features: ["a"],
  inputs: new Float32Array(labels.length),
  labels,
  lines: labels.map((_, i) => i + 2),
});
const read = (loss: Parameters<typeof readTargets>[2], ...labels: string[]) =>
  readTargets(table(...labels), "y", loss, "/d.csv");

it("orders numeric classes by value, and takes 3 and 3.0 for one", () => {
  const { classes, values } = read("sparseCategoricalCrossentropy", "10", "3", "3.0", "-1");
  expect(classes).toEqual(["-1", "3", "10"]);
  expect([...values]).toEqual([2, 1, 1, 0]);
});

it("orders other classes by name", () => {
  const { classes, values } = read("categoricalCrossentropy", "b", "a", "2", "b");
  expect(classes).toEqual(["2", "a", "b"]);
  expect([...values]).toEqual([2, 1, 0, 2]);
});

it("keeps the values for a regression, and refuses text there", () => {
  expect(read("meanSquaredError", "1.5", "-2")).toEqual({
    values: Float32Array.of(1.5, -2),
    classes: null,
  });
  expect(() => read("meanSquaredError", "1", "tall")).toThrow(
    'Line 3 of d.csv, column "y": "tall" is not a number, and meanSquaredError needs numbers.',
  );
});

it("wants exactly two classes for binaryCrossentropy, and more than one for any", () => {
  expect([...read("binaryCrossentropy", "no", "yes", "no").values]).toEqual([0, 1, 0]);
  expect(() => read("binaryCrossentropy", "0", "1", "2")).toThrow(
    /has 3 classes, and binaryCrossentropy needs exactly 2/,
  );
  expect(() => read("sparseCategoricalCrossentropy", "7", "7")).toThrow(
    /holds the value 7 only: there is nothing to tell apart/,
  );
});
