import { describe, expect, test } from "vitest";
import { classCount, kindOf } from "../../../../trainer/script/dataEvent.ts";

const rows = (rows: number, ...targets: number[]) => ({
  rows,
  inputs: new Float32Array(rows),
  targets: Float32Array.from(targets),
});

describe("what targets are", () => {
  test.each([
    ["0 and 1", rows(4, 0, 1, 1, 0), "meanSquaredError", "class", 2],
    ["−1 and 1", rows(3, -1, 1, 1), "hinge", "class", 2],
    ["one-hot", rows(2, 0, 0, 1, 1, 0, 0), "categoricalCrossentropy", "class", 3],
    ["any number of labels", rows(2, 0, 1, 1, 1), "binaryCrossentropy", "labels", null],
    ["class numbers", rows(3, 4, 0, 2), "sparseCategoricalCrossentropy", "class", 5],
    ["quantities", rows(3, 4, 0, 2), "meanSquaredError", "number", null],
    ["quantities with a gap", rows(2, Number.NaN, 1), "meanSquaredError", "number", null],
  ])("%s", (_, part, loss, kind, classes) => {
    expect(kindOf(part, loss)).toBe(kind);
    expect(classCount(part, kindOf(part, loss))).toBe(classes);
  });
});
