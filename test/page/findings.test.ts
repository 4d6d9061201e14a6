/** The findings on the page, and what they do to the charts. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding } from "../../diagnosis/finding.ts";
import { launch } from "./browser.ts";
import { DEAD_RELU } from "./fixtures/courses.ts";
import { DEAD, GAP, OVER } from "./fixtures/findings.ts";
import { record } from "./fixtures/record.ts";
import { Dashboard } from "./harness.ts";
import { RecordedRun } from "./host.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const events = record(DEAD_RELU);
const ID = "20261120-120000-dead-relu";

async function opened() {
  const run = new RecordedRun(events).feedAll().end("completed");
  run.findings = [OVER, GAP, DEAD];
  const dashboard = await Dashboard.open(browser, { height: 1100 });
  await dashboard.show(run);
  await dashboard.settled();
  return { dashboard, run, page: dashboard.page };
}

test("the worst open one stands first, the resolved one last", async () => {
  const { page } = await opened();
  const items = page.locator(".finding");
  const symptoms = await items.evaluateAll((all) =>
    all.map((item) => (item as HTMLElement).dataset["symptom"]),
  );
  expect(symptoms).toEqual(["dead-relu", "overfitting-gap", "validation-rising"]);
  expect(await page.textContent(".count")).toBe("1 error, 1 warning, 1 resolved");
  expect(await items.first().locator(".evidence li").allTextContents()).toEqual(
    DEAD.evidence.map(({ text }) => text),
  );
  await page.close();
});

test("leads to the source and to the fix, by its place in the run", async () => {
  const { dashboard, page } = await opened();
  await page.getByRole("button", { name: "net.train.json:9" }).click();
  const dead = page.locator('[data-symptom="dead-relu"]');
  expect(await dead.locator(".remedies .button").first().textContent()).toBe(
    "Use leaky ReLU in dense_2",
  );
  await page.getByRole("button", { name: "Use leaky ReLU in dense_2" }).click();
  await page.getByRole("button", { name: "Initialize with heNormal" }).click();
  expect(dashboard.sentOf("reveal")).toEqual([{ type: "reveal", run: ID, finding: 2 }]);
  expect(dashboard.sentOf("fix")).toEqual([
    { type: "fix", run: ID, finding: 2, remedy: "leaky-relu" },
    { type: "fix", run: ID, finding: 2, remedy: "he-normal" },
  ]);
  // None of them is a click on the finding itself.
  expect(await dead.getAttribute("class")).not.toContain("shown");
  await page.close();
});

test("a click shows it in the charts, and another one all again", async () => {
  const { dashboard, page } = await opened();
  const message = page.locator('[data-symptom="dead-relu"] .message');
  await message.click();
  await dashboard.settled();
  const asked = dashboard.sentOf("read").at(-1)?.queries ?? [];
  expect(asked[0]).toMatchObject({ from: 100, to: 3200 });
  expect(await dashboard.card("silent").getAttribute("class")).toContain("highlighted");
  expect(await dashboard.card("loss").getAttribute("class")).not.toContain("highlighted");
  expect(await dashboard.label("silent")).toContain("the chosen finding is highlighted");
  // The band: the theme's red, at a tenth, on the page's background.
  expect(await dashboard.pixels("silent", [52, 36, 36])).toBeGreaterThan(5000);
  await message.click();
  await dashboard.settled();
  expect(dashboard.sentOf("read").at(-1)?.queries[0]).toMatchObject({ from: 0, to: 3200 });
  expect(await dashboard.pixels("silent", [52, 36, 36])).toBeLessThan(500);
  await page.close();
});

const RATE: Finding = {
  ...DEAD,
  symptom: "learning-rate-too-high",
  message: "The learning rate 3 is too high.",
  evidence: [],
  remedies: [],
  consequences: ["dead-relu"],
};
const LED: Finding = { ...DEAD, cause: "learning-rate-too-high" };

test("what a cause led to is folded under it, and opens by the keyboard", async () => {
  const { dashboard, run, page } = await opened();
  run.findings = [RATE, GAP, LED];
  await dashboard.show(run);
  await dashboard.settled();
  const cause = page.locator('[data-symptom="learning-rate-too-high"]');
  const effect = cause.locator('[data-symptom="dead-relu"]');
  expect(await page.locator(".findings > .finding").count()).toBe(3);
  expect(await page.locator(".section > .findings > .finding").count()).toBe(2);
  expect(await effect.isVisible()).toBe(false);
  await cause.locator("summary").focus();
  await page.keyboard.press("Enter");
  expect(await effect.isVisible()).toBe(true);
  expect(await cause.locator("summary").textContent()).toBe("Leads to dead-relu");
  // A click on the consequence chooses it, and not its cause too.
  await effect.locator(".message").click();
  await dashboard.settled();
  expect(await page.locator(".finding.shown").getAttribute("data-symptom")).toBe("dead-relu");
  // New figures of the cause neither fold it nor take the focus.
  run.findings = [{ ...RATE, lastStep: 3300 }, GAP, LED];
  await dashboard.show(run);
  await dashboard.settled();
  expect(await effect.isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(LED.message);
  await page.close();
});

test("the editor can ask for a consequence: it is unfolded", async () => {
  const { dashboard, run, page } = await opened();
  run.findings = [RATE, GAP, LED];
  await dashboard.show(run);
  await dashboard.tell({ type: "focus", finding: 2 });
  await dashboard.settled();
  expect(await page.locator('[data-symptom="dead-relu"]').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(LED.message);
  await page.close();
});

test("the editor can ask for it", async () => {
  const { dashboard, page } = await opened();
  await dashboard.tell({ type: "focus", finding: 2 });
  await dashboard.settled();
  expect(await page.locator(".finding.shown").getAttribute("data-symptom")).toBe("dead-relu");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(DEAD.message);
  expect(await dashboard.card("silent").getAttribute("class")).toContain("highlighted");
  await page.close();
});

test("a new one is spoken, and keeps the focus where it was", async () => {
  const { dashboard, run, page } = await opened();
  await page.waitForTimeout(3000);
  await page.locator('[data-symptom="overfitting-gap"] .message').focus();
  run.findings = [
    OVER,
    { ...GAP, message: "The gap grew." },
    DEAD,
    { ...DEAD, message: "More units died." },
  ];
  await dashboard.show(run);
  await dashboard.settled();
  expect(await page.textContent("[aria-live=polite].unseen")).toBe("New finding: More units died.");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("The gap grew.");
  await page.close();
});
