/** The page under load: as many layers as nets have. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser.ts";
import { DEEP } from "./fixtures/courses.ts";
import { record } from "./fixtures/record.ts";
import { Dashboard } from "./harness.ts";
import { RecordedRun } from "./host.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test("obeys at once while a hundred layers stream in", async () => {
  const run = new RecordedRun(record({ ...DEEP, epochs: 20 }));
  run.feed(800);
  const dashboard = await Dashboard.open(browser, { height: 1100 });
  const { page } = dashboard;
  await dashboard.show(run);
  await dashboard.settled();
  expect(await dashboard.points("gradientNorm")).toBeGreaterThan(5000);
  const log = dashboard.card("updateRatio").getByRole("button", { name: "log" });
  const waits: number[] = [];
  for (let round = 0; round < 11; round++) {
    run.feed(60);
    await dashboard.show(run);
    const begun = performance.now();
    const on = String(round % 2 === 1);
    await log.click();
    await expect.poll(() => log.getAttribute("aria-pressed"), { interval: 10 }).toBe(on);
    waits.push(performance.now() - begun);
  }
  waits.sort((a, b) => a - b);
  expect(waits[5]).toBeLessThan(1500);
  expect(dashboard.complaints).toEqual([]);
  await page.close();
});
