import { Compile } from "typebox/compile";
import { expect, it } from "vitest";
import { DataEvent } from "../../../../../telemetry/events.ts";
import { dataFigures } from "../../../../../trainer/data/figures/index.ts";

const schema = Compile(DataEvent);

const part = (rows: number, outputs: number) => ({
  rows,
  inputs: Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i)),
  targets: Float32Array.from({ length: rows * outputs }, (_, i) => i % 3),
});

it.each(["class", "labels", "number"] as const)("makes a valid event of %s", (kind) => {
  const figures = dataFigures({
    train: part(9, 1),
    validation: part(3, 1),
    test: part(0, 1),
    shape: [2],
    kind,
    shuffled: true,
  });
  expect([...schema.Errors({ kind: "data", ...figures })]).toEqual([]);
  expect("neighbours" in figures).toBe(kind === "class");
});

it("counts classes by number, one-hot and as ±1, and labels by column", () => {
  const counted = (
    kind: "class" | "labels",
    outputs: number,
    targets: number[],
    names: string[],
  ) => {
    const rows = targets.length / outputs;
    const train = { rows, inputs: new Float32Array(rows), targets: Float32Array.from(targets) };
    const { labels } = dataFigures({
      train,
      validation: null,
      test: null,
      shape: [1],
      kind,
      names,
      shuffled: false,
    });
    return labels.map(({ label, count }) => `${label} ${count}`);
  };
  expect(counted("class", 1, [2, 0, 2, Number.NaN], ["a", "b", "c", "d"])).toEqual([
    "a 1",
    "b 0",
    "c 2",
    "d 0",
  ]);
  expect(counted("class", 1, [2, 0, 2], [])).toEqual(["0 1", "1 0", "2 2"]);
  expect(counted("class", 3, [0, 1, 0, 0, 0, 1], [])).toEqual(["0 0", "1 1", "2 1"]);
  expect(counted("class", 1, [-1, 1, 1], ["no", "yes"])).toEqual(["no 1", "yes 2"]);
  expect(counted("labels", 2, [1, 0, 1, 1, 1, 0], [])).toEqual(["0 3", "1 1"]);
});

it("names the first invalid value, counted from 0", () => {
  const train = part(50, 1);
  train.inputs[43 * 2 + 1] = Number.NaN;
  train.inputs[97] = Number.POSITIVE_INFINITY;
  train.targets[7] = Number.NaN;
  const given = {
    validation: null,
    test: null,
    shape: [2],
    kind: "number",
    shuffled: true,
  } as const;
  expect(dataFigures({ train, ...given }).invalid).toEqual({
    inputs: 2,
    targets: 1,
    first: "row 43, feature 1",
  });
  expect(dataFigures({ train: part(5, 1), ...given }).invalid).toEqual({
    inputs: 0,
    targets: 0,
    first: null,
  });
});
