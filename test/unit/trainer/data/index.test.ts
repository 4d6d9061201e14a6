import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Data } from "../../../../recipe/data/index.ts";
import type { Recipe } from "../../../../recipe/schema.ts";
import type { Dataset, Part } from "../../../../trainer/data/dataset.ts";
import { loadData } from "../../../../trainer/data/index.ts";
import type { Fold } from "../../../../trainer/data/split.ts";
import { summarize } from "../../../../trainer/data/summary.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "data-"));
  // Four columns, sorted by class; the first one is the number of the row.
  const rows = Array.from({ length: 100 }, (_, i) => [i, i % 7, i * i, 5, Math.floor(i / 25)]);
  writeFileSync(join(folder, "d.csv"), ["a,b,c,d,y", ...rows.map(String)].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a recipe has beside its data and loss; none of it matters here. */
const REST = {
  layers: [{ type: "dense", units: 4 }],
  optimizer: { type: "sgd", learningRate: 0.1 },
  batchSize: 10,
  epochs: 1,
} satisfies Partial<Recipe>;

interface Settings {
  data?: Partial<Data>;
  loss?: Recipe["loss"];
  shuffle?: boolean;
  seed?: number;
  fold?: Fold;
}

function load({ data, loss, shuffle = true, seed = 1, fold }: Settings = {}): Promise<Dataset> {
  const recipe: Recipe = {
    ...REST,
    data: { csv: "d.csv", label: "y", ...data },
    loss: loss ?? "sparseCategoricalCrossentropy",
    shuffle,
  };
  return loadData(recipe, folder, seed, fold);
}

/** Row numbers of an unscaled part. */
const rowsOf = ({ rows, inputs }: Part) => Array.from({ length: rows }, (_, i) => inputs[4 * i]!);
const raw: Partial<Data> = { scaling: "none" };

it("keeps inputs and labels of a row together, in whichever part", async () => {
  const data = await load({ data: raw });
  expect(data).toMatchObject({ shape: [4], label: "y", classes: ["0", "1", "2", "3"] });
  for (const part of [data.train, data.validation, data.test]) {
    expect(part.inputs).toHaveLength(4 * part.rows);
    for (const [i, row] of rowsOf(part).entries()) {
      expect(part.inputs[4 * i + 2]).toBe(row * row);
      expect(part.targets[i]).toBe(Math.floor(row / 25));
    }
  }
  expect([data.train.rows, data.validation.rows, data.test.rows]).toEqual([70, 15, 15]);
});

it("S4-07: trains in the order of the file without shuffling, by the same rows", async () => {
  const shuffled = rowsOf((await load({ data: raw })).train);
  const sorted = rowsOf((await load({ data: raw, shuffle: false })).train);
  expect(sorted).not.toEqual(shuffled);
  expect(sorted).toEqual(shuffled.toSorted((a, b) => a - b));
});

it("S0-27: names the same test rows by the same key, however they are scaled or learnt", async () => {
  const { testKey } = await load();
  expect(testKey).toMatch(/^[0-9a-f]{64}$/);
  const keyOf = async (settings: Settings) => (await load(settings)).testKey;
  expect(await keyOf({ data: { scaling: "whiten" } })).toBe(testKey);
  expect(await keyOf({ data: { targets: "oneHot" }, loss: "meanSquaredError" })).toBe(testKey);
  expect(await keyOf({ loss: "meanSquaredError" })).toBe(testKey);
  expect(await keyOf({ fold: { index: 2, of: 5 } })).toBe(testKey);
  expect(await keyOf({ seed: 2 })).not.toBe(testKey);
  expect(await keyOf({ data: { label: "b" } })).not.toBe(testKey);
  expect(await keyOf({ data: { split: { train: 0.8, validation: 0.2 } } })).toBe("");
});

it("S0-28: validates each row that is no test row in exactly one fold", async () => {
  const folds = await Promise.all(
    [1, 2, 3, 4, 5].map((index) => load({ data: raw, fold: { index, of: 5 } })),
  );
  const validated = folds.flatMap(({ validation }) => rowsOf(validation));
  expect(new Set(validated).size).toBe(85);
  expect(validated).toHaveLength(85);
  for (const { train, validation, test } of folds) {
    expect(new Set([train, validation, test].flatMap(rowsOf)).size).toBe(100);
  }
});

it("scales by the training rows only", async () => {
  const { train, validation } = await load();
  const column = ({ rows, inputs }: Part, c: number) =>
    Array.from({ length: rows }, (_, i) => inputs[4 * i + c]!);
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  expect(mean(column(train, 0))).toBeCloseTo(0, 6);
  expect(Math.abs(mean(column(validation, 0)))).toBeGreaterThan(0.001);
  const { train: squeezed } = await load({ data: { scaling: "minMax" } });
  expect([Math.min(...column(squeezed, 2)), Math.max(...column(squeezed, 2))]).toEqual([0, 1]);
});

it("reads columns as a picture where their number fits", async () => {
  expect((await load({ data: { shape: [2, 2, 1] } })).shape).toEqual([2, 2, 1]);
  expect((await load({ data: { shape: [2, 2, 1], scaling: "whiten" } })).shape).toEqual([4]);
  await expect(load({ data: { shape: [2, 3, 1] } })).rejects.toThrow(
    '"shape" 2 × 3 × 1 needs 6 columns, and d.csv has 4 beside "y".',
  );
});

it("gives what a loss that measures distances compares with", async () => {
  const settings: Settings = { loss: "meanSquaredError" };
  const plain = await load(settings);
  expect(plain.classes).toBeNull();
  expect(plain.encoding.units).toBe(1);
  const hot = await load({ ...settings, data: { targets: "oneHot" } });
  expect(hot.classes).toHaveLength(4);
  expect([0, 1, 2, 3].map((unit) => hot.encoding.value(2, unit))).toEqual([0, 0, 1, 0]);
});

it("cuts a generated set as it comes, so that every part is balanced", async () => {
  const data: Data = { generate: { type: "xor", rows: 200 } };
  const recipe: Recipe = { ...REST, data, loss: "binaryCrossentropy" };
  const { train, validation, test, classes } = await loadData(recipe, folder, 1);
  expect(classes).toEqual(["0", "1"]);
  expect([train.rows, validation.rows, test.rows]).toEqual([140, 30, 30]);
  const positive = ({ targets }: Part) => targets.reduce((sum, target) => sum + target, 0);
  expect([positive(train), positive(validation), positive(test)]).toEqual([70, 15, 15]);
});

it("takes a test pair for the test set, all of it and in its order", async () => {
  const write = (name: string, shape: number[], values: number[]) => {
    const lengths = shape.flatMap((length) => [0, 0, 0, length]);
    writeFileSync(join(folder, name), Uint8Array.of(0, 0, 8, shape.length, ...lengths, ...values));
    return name;
  };
  const numbers = Array.from({ length: 20 * 4 }, (_, i) => i);
  const data: Data = {
    scaling: "none",
    rows: 10,
    idx: {
      images: write("i", [20, 2, 2], numbers),
      labels: write(
        "l",
        [20],
        Array.from({ length: 20 }, (_, i) => i % 2),
      ),
      testImages: write(
        "ti",
        [3, 2, 2],
        numbers.slice(0, 12).map((x) => 200 + x),
      ),
      testLabels: write("tl", [3], [1, 1, 0]),
    },
  };
  const recipe: Recipe = { ...REST, data, loss: "sparseCategoricalCrossentropy" };
  const loaded = await loadData(recipe, folder, 1);
  expect(loaded.shape).toEqual([2, 2, 1]);
  expect([loaded.train.rows, loaded.validation.rows]).toEqual([8, 2]);
  expect([...loaded.test.inputs]).toEqual(numbers.slice(0, 12).map((x) => 200 + x));
  expect([...loaded.test.targets]).toEqual([1, 1, 0]);
  expect(summarize(loaded, true).features).toBe(4);
});
