import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { TEST_LEDGER } from "../../trainer/data/testLock.ts";
import { clusters, recipe, TrainerBench } from "../helpers/trainer.ts";

let bench: TrainerBench;
let path: string;
let ledger: string;
beforeAll(() => {
  bench = new TrainerBench();
  bench.write("clusters.csv", clusters(90, 4, 3));
  path = bench.write("net.train.json", recipe({ epochs: 1 }));
  // Where the run folders are.
  ledger = join(bench.folder, TEST_LEDGER);
});
afterAll(() => bench.remove());
beforeEach(() => rmSync(ledger, { force: true, recursive: true }));

const uses = () => readFileSync(ledger, "utf8").trim().split("\n");

it("stays locked as long as nobody asks: no figures, no use written down (S0-27)", async () => {
  const { end, events } = await bench.train(path);
  expect(end).toMatchObject({ test: null, testUses: null });
  expect(end!.validation).not.toBeNull();
  expect(existsSync(ledger)).toBe(false);
  expect(JSON.stringify(events)).not.toMatch(/"test":\{/);
});

it("counts every use: 1, 2, 3, and which run it was (S0-27)", async () => {
  const runs: string[] = [];
  for (const seen of [1, 2, 3]) {
    const { end, header } = await bench.train(path, ["--test"]);
    expect(end!.testUses).toBe(seen);
    expect(Object.keys(end!.test!)).toEqual(["loss", "accuracy"]);
    runs.push(header!.id);
    // Looking elsewhere in between is no use.
    await bench.train(path);
  }
  expect(uses().map((line) => JSON.parse(line).run)).toEqual(runs);
});

it("is the same test set with other layers and losses of classes, another one by another seed", async () => {
  await bench.train(path, ["--test"]);
  const wider = recipe({
    layers: [{ type: "dense", units: 3, activation: "softmax" }],
    loss: "categoricalCrossentropy",
    epochs: 2,
  });
  const other = await bench.train(bench.write("wider.train.json", wider), ["--test"]);
  expect(other.end!.testUses).toBe(2);
  const elsewhere = await bench.train(path, ["--test", "--seed", "2"]);
  expect(elsewhere.end!.testUses).toBe(1);
});

it("is measured by the weights that are kept, on rows of its own", async () => {
  const { end, header } = await bench.train(path, ["--test"]);
  expect(header!.examples).toEqual({ train: 62, validation: 14, test: 14 });
  const { accuracy } = end!.test as { accuracy: number };
  expect(accuracy * 14).toBeCloseTo(Math.round(accuracy * 14), 5);
  expect(end!.test).not.toEqual(end!.validation);
});

it("is not looked at where its use cannot be written down", async () => {
  mkdirSync(ledger);
  const { code, stderr, end } = await bench.train(path, ["--test"]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^Cannot (read|write) .*test-uses\.ndjson: it is a folder\..*\n$/);
  expect(end).toMatchObject({ status: "failed", test: null });
});

it("is nothing to open where the recipe keeps no rows for it", async () => {
  const split = { train: 0.8, validation: 0.2 };
  const none = recipe({ data: { csv: "clusters.csv", label: "y", split }, epochs: 1 });
  const { end } = await bench.train(bench.write("none.train.json", none), ["--test"]);
  expect(end).toMatchObject({ test: null, testUses: null });
  expect(existsSync(ledger)).toBe(false);
});

it("stays the same through the folds of a cross-validation, which share out the others (S0-28)", async () => {
  const seen = new Set<number>();
  for (const index of [1, 2, 3, 4, 5]) {
    const { header, end } = await bench.train(path, ["--fold", `${index}/5`, "--test"]);
    expect(header!.fold).toEqual({ index, of: 5 });
    const { train, validation, test } = header!.examples;
    expect([train + validation, test]).toEqual([76, 14]);
    expect(Math.abs(validation - 76 / 5)).toBeLessThan(1);
    expect(end!.testUses).toBe(index);
    seen.add(end!.validation!["loss"]!);
  }
  // Each fold is validated with other rows.
  expect(seen.size).toBe(5);
});
