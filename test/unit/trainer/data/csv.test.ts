import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCsv } from "../../../../trainer/data/csv.ts";
import { InputError } from "../../../../trainer/errors.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "csv-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, label = "y") {
  const path = join(folder, "d.csv");
  writeFileSync(path, text);
  return readCsv(path, label);
}

it("reads numbers and labels, whatever the line ends, quotes, byte order mark and empty lines", () => {
  const table = read('\uFEFFa,y,"b"\r\n1, up ,-2.5\r\n\r\n3e1,down,.5\r\n');
  expect(table.features).toEqual(["a", "b"]);
  expect([...table.inputs]).toEqual([1, -2.5, 30, 0.5]);
  expect(table.labels).toEqual(["up", "down"]);
  expect(table.lines).toEqual([2, 4]);
});

it.each([
  ["an empty file", "", /^d\.csv is empty: /, undefined],
  ["no rows", "a,y\n", /^d\.csv holds a header and no rows: /, 1],
  ["a header twice", "a,y,a\n1,2,3\n", /^Line 1 of d\.csv names the column "a" twice: /, 1],
  ["only the label", "y\n1\n", /^d\.csv has no column beside "y": /, 1],
  ["a ragged row", "a,y\n1,2\n1\n", /^Line 3 of d\.csv has 1 cells, and the header has 2: /, 3],
  ["text", "a,y\n1,0\nx,1\n", /^Line 3 of d\.csv, column "a": "x" is text/, 3],
  ["an empty cell", "a,y\n1,0\n,1\n", /^Line 3 of d\.csv: the cell of column "a" is empty\.$/, 3],
  ["an empty label", "a,y\n1,\n", /^Line 2 of d\.csv: the cell of column "y" is empty\.$/, 2],
  ["NaN", "a,y\nNaN,0\n", /^Line 2 of d\.csv, column "a": NaN is not a finite number\.$/, 2],
  ["infinity", "a,y\n1,0\n-inf,0\n", /column "a": -inf is not a finite number\.$/, 3],
  ["a number beyond 32 bits", "a,y\n1e39,0\n", /column "a": 1e39 is not a finite number\.$/, 2],
  ["an open quote", 'a,y\n"1,0\n', /has a quote that does not match/, 2],
])("says in one sentence what is wrong with %s", (_what, text, sentence, line) => {
  const error = thrown(() => read(text));
  expect(error.message).toMatch(sentence);
  expect(error.message).not.toContain("\n");
  if (line) expect(error.where).toMatchObject({ file: join(folder, "d.csv"), line });
});

it("offers the nearest header for a label that is not there", () => {
  const error = thrown(() => read("a,digit\n1,2\n", "digt"));
  expect(error.message).toBe('There is no column "digt" in d.csv: did you mean "digit"?');
  expect(error.where).toEqual({ recipe: ["data", "label"] });
});

it("points at the recipe when the file is not there", () => {
  const error = thrown(() => readCsv(join(folder, "none.csv"), "y"));
  expect(error.message).toMatch(/^Cannot read .*none\.csv: no such file\.$/);
  expect(error.where).toEqual({ recipe: ["data", "csv"] });
});

function thrown(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("nothing was thrown");
}
