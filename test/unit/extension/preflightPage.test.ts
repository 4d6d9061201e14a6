import { expect, test } from "vitest";
import { Engine } from "../../../diagnosis/engine.ts";
import { judgeRangeTest } from "../../../diagnosis/rangeTest.ts";
import { preflightPage } from "../../../extension/views/preflightPage.ts";
import { layerInfo, runEvent } from "../../helpers/events.ts";
import { dataEvent, initialEvent } from "../../helpers/initial.ts";

function page(identical: number): string {
  const run = runEvent({ layers: [layerInfo("a|b"), layerInfo("c"), layerInfo("d")] });
  const data = dataEvent();
  const initial = initialEvent({}, { identicalUnits: [identical, 0, 0] });
  const engine = new Engine();
  for (const event of [run, data, initial]) engine.push(event);
  const batch = { rows: 32, steps: 200, first: 2, last: 1 };
  const { findings } = engine;
  const preflight = { run, data, initial, batch, range: judgeRangeTest([]), findings };
  return preflightPage("net", preflight, (symptom) => `docs:${symptom}`);
}

test("each check is a row of the table, a bar in a name included", () => {
  const rows = page(1)
    .split("\n")
    .filter((line) => line.startsWith("| "));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g), row).toHaveLength(4);
  expect(rows.find((row) => row.includes("one batch by heart"))).toContain("✗");
});

test("findings link to their symptoms' pages", () => {
  expect(page(1)).toContain("[symmetric-weights](docs:symmetric-weights)");
  expect(page(0)).not.toContain("docs:symmetric-weights");
});

test("the lessons' checklists are there", () => {
  for (const row of ["S0-29", "S1-35", "S2-33"]) expect(page(0)).toContain(row);
});
