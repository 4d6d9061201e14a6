import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { optionsFor } from "../../../../cli/options.ts";
import { findOptions } from "../../../../runs/options/find.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vitals-options-"));
  mkdirSync(join(root, "nets", "deep"), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const put = (folder: string, text: string) => writeFileSync(join(folder, ".vitals.json"), text);
const recipe = () => join(root, "nets", "deep", "a.train.json");

test("the nearest file above the recipe holds", () => {
  expect(findOptions(recipe())?.file.startsWith(root) ?? false).toBe(false);
  put(root, '{ "silence": ["plateau"] }');
  expect(findOptions(recipe())).toMatchObject({
    file: join(root, ".vitals.json"),
    written: { silence: ["plateau"] },
  });
  put(join(root, "nets"), '{ "silence": [] }');
  expect(findOptions(recipe())?.written?.silence).toEqual([]);
});

test("a run folder finds the file of its workspace", () => {
  put(root, '{ "silence": ["plateau"] }');
  const folder = join(root, ".vitals", "runs", "20261121-101500-a");
  expect(findOptions(folder)?.file).toBe(join(root, ".vitals.json"));
});

test("the command says each mistake with its place, and goes no further", () => {
  put(root, '{\n  "silence": ["platoo"],\n  "thresholds": 3\n}');
  expect(() => optionsFor(recipe())).toThrow(
    /\.vitals\.json:2:15: Unknown symptom "platoo".*\n.*\.vitals\.json:3:17: "thresholds" must be/,
  );
});
