/** Pictures of the page in the editor's themes, for people to look at. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser.ts";
import { DEAD_RELU, EXPLODING, HEALTHY, OVERFITTING } from "./fixtures/courses.ts";
import { DEAD, EXPLODED, GAP, NOT_FINITE, OVER } from "./fixtures/findings.ts";
import { record } from "./fixtures/record.ts";
import { Dashboard } from "./harness.ts";
import { RecordedRun } from "./host.ts";
import { DARK_CONTRAST, DARK_MODERN, LIGHT_CONTRAST, LIGHT_MODERN } from "./themes.ts";

const FOLDER = "test/page/shots";
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function shoot(
  name: string,
  run: RecordedRun,
  options: Parameters<typeof Dashboard.open>[1],
  act?: (dashboard: Dashboard) => Promise<void>,
): Promise<void> {
  const dashboard = await Dashboard.open(browser, options);
  await dashboard.show(run);
  await dashboard.settled();
  await act?.(dashboard);
  await dashboard.settled();
  await dashboard.page.screenshot({ path: `${FOLDER}/${name}.png` });
  const over = await dashboard.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
  await dashboard.page.close();
}

const troubled = () => {
  const run = new RecordedRun(record(DEAD_RELU)).feedAll().end("completed");
  run.findings = [GAP, DEAD, OVER];
  return run;
};
const exploded = () => {
  const error = "The loss is not a number since step 1177: the training cannot recover.";
  const run = new RecordedRun(record(EXPLODING)).feedAll().end("diverged", error);
  run.findings = [EXPLODED, NOT_FINITE];
  return run;
};
const going = () => {
  const run = new RecordedRun(record(HEALTHY));
  run.feed(1300);
  return run;
};
const overfitted = () => {
  const run = new RecordedRun(record(OVERFITTING)).feedAll().end("completed");
  run.findings = [GAP];
  return run;
};

const THEMES = {
  dark: DARK_MODERN,
  light: LIGHT_MODERN,
  contrast: DARK_CONTRAST,
  "contrast-light": LIGHT_CONTRAST,
};
for (const [name, theme] of Object.entries(THEMES)) {
  test(`dead units, ${name}`, () => shoot(`dead-${name}`, troubled(), { theme, height: 1150 }));
  test(`running, ${name}`, () => shoot(`running-${name}`, going(), { theme, height: 1000 }));
}

test("exploded, dark", () => shoot("exploded-dark", exploded(), { height: 1150 }));
test("exploded, light", () =>
  shoot("exploded-light", exploded(), { height: 1150, theme: LIGHT_MODERN }));
test("narrow, dark", () => shoot("dead-narrow", troubled(), { width: 420, height: 1500 }));
test("wide, dark", () => shoot("overfitted-wide", overfitted(), { width: 1800, height: 900 }));
test("the table, light", () =>
  shoot("table-light", exploded(), { theme: LIGHT_MODERN, height: 900 }, async ({ page }) => {
    await page.getByRole("button", { name: "Table" }).click();
  }));
test("nothing yet, dark", () =>
  shoot("empty-dark", new RecordedRun(record(HEALTHY)), { height: 500 }));
test("a finding in the charts, dark", () =>
  shoot("chosen-dark", overfitted(), { height: 1000 }, async ({ page }) => {
    await page.click(".finding .message");
    await page.hover('[data-figure="loss"] .plot', { position: { x: 200, y: 90 } });
  }));
