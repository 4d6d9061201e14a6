import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { recordTestUse, TEST_LEDGER, testUses } from "../../../../trainer/data/testLock.ts";

let ledger: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  ledger = join(folder, TEST_LEDGER);
});
afterEach(() => rmSync(folder, { recursive: true }));

const use = (key: string, run = "run-1") =>
  recordTestUse(ledger, key, { run, when: "2025-01-02T03:04:05.000Z" });

it("S0-27: counts every use of a test set, each for itself", () => {
  expect(testUses(ledger, "a")).toBe(0);
  expect(use("a")).toBe(1);
  expect(use("b")).toBe(1);
  expect(use("a", "run-2")).toBe(2);
  expect(testUses(ledger, "a")).toBe(2);
  expect(testUses(ledger, "b")).toBe(1);
});

it("writes one line a use, with run and time", () => {
  use("a", "run-7");
  expect(JSON.parse(readFileSync(ledger, "utf8"))).toEqual({
    testKey: "a",
    run: "run-7",
    when: "2025-01-02T03:04:05.000Z",
  });
});

it("skips damaged lines, and loses no use to one", () => {
  use("a");
  appendFileSync(ledger, 'null\n[]\n{"testKey": "a", "ru\n');
  expect(use("a")).toBe(2);
  // The machine went down while the last line was written.
  truncateSync(ledger, readFileSync(ledger).length - 9);
  expect(testUses(ledger, "a")).toBe(1);
  expect(use("a")).toBe(2);
});

it("says when the use cannot be written down", () => {
  writeFileSync(join(folder, "file"), "");
  const inside = join(folder, "file", "ledger");
  expect(() => recordTestUse(inside, "a", { run: "r", when: "" })).toThrow(
    /a part of the path is a file, not a folder/,
  );
});
