/** The page without its charts: what it says, what its buttons do, and that it keeps to its rules. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding } from "../../diagnosis/finding.ts";
import type { RunEvent } from "../../telemetry/events.ts";
import { launch } from "./browser.ts";
import { EXPLODING, HEALTHY } from "./fixtures/courses.ts";
import { DEAD } from "./fixtures/findings.ts";
import { record } from "./fixtures/record.ts";
import { Dashboard, plain } from "./harness.ts";
import { RecordedRun } from "./host.ts";
import { dress, LIGHT_MODERN } from "./themes.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const healthy = record(HEALTHY);

async function opened(run?: RecordedRun, options?: Parameters<typeof Dashboard.open>[1]) {
  const dashboard = await Dashboard.open(browser, options);
  if (run) {
    await dashboard.show(run);
    await dashboard.settled();
  }
  return dashboard;
}

test("says that it is ready, once", async () => {
  const dashboard = await opened();
  expect(dashboard.sent).toEqual([{ type: "ready" }]);
  await dashboard.page.close();
});

test("without a run it says what to do", async () => {
  const dashboard = await opened();
  await dashboard.showState({ runs: [], run: null });
  await expect.poll(() => dashboard.page.textContent(".empty")).toContain("No run yet");
  await dashboard.page.getByRole("button", { name: "Train…" }).click();
  expect(dashboard.sentOf("train")).toHaveLength(1);
  expect(await dashboard.page.isVisible(".header")).toBe(false);
  await dashboard.page.close();
});

test("before the trainer has spoken it waits", async () => {
  const dashboard = await opened(new RecordedRun(healthy));
  expect(await dashboard.page.textContent(".empty")).toContain("Waiting for the trainer");
  expect(await dashboard.page.isVisible("[role=progressbar]")).toBe(true);
  expect(await dashboard.page.isVisible(".board")).toBe(false);
  await dashboard.page.getByRole("button", { name: "Stop" }).click();
  expect(dashboard.sentOf("stop")).toEqual([{ type: "stop", run: "run" }]);
  await dashboard.page.close();
});

test("a running run is told in words, and can be paused, resumed and stopped", async () => {
  const run = new RecordedRun(healthy);
  run.feed(1300);
  const dashboard = await opened(run);
  const { page } = dashboard;
  const { id } = run.view();
  const status = plain(await page.textContent(".status"));
  for (const part of ["epoch 17/40", "step 1 282", "812 steps/s", "loss 0.132", "left about 2 s"]) {
    expect(status).toContain(part);
  }
  expect(status).toContain("validation accuracy 0.950");
  expect(plain(await page.textContent(".about"))).toContain("5 layers");
  expect(await page.getAttribute("[role=progressbar]", "aria-valuenow")).toBe("40");
  expect(await page.textContent(".none")).toBe("No trouble found so far");
  await page.getByRole("button", { name: "Pause" }).click();
  await dashboard.show(run.end("paused"));
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  expect(dashboard.sent.filter(({ type }) => type !== "read").slice(1)).toEqual([
    { type: "pause", run: id },
    { type: "resume", run: id },
    { type: "stop", run: id },
  ]);
  await page.close();
});

test("an ended run can be trained again; why it diverged stands there", async () => {
  const error = "The loss is not a number since step 1177.";
  const run = new RecordedRun(record(EXPLODING)).feedAll().end("diverged", error);
  const dashboard = await opened(run);
  const { page } = dashboard;
  expect(await page.getByRole("alert").textContent()).toBe(error);
  expect(await page.getByRole("button", { name: "Stop" }).count()).toBe(0);
  expect(await page.textContent(".status")).toContain("loss NaN");
  expect(plain(await page.textContent(".none"))).toBe("No trouble found in 1 230 steps");
  await page.getByRole("button", { name: "Train again" }).click();
  expect(dashboard.sentOf("train")).toHaveLength(1);
  await page.close();
});

test("another run can be picked", async () => {
  const run = new RecordedRun(healthy).feedAll().end("completed");
  const dashboard = await opened(run);
  const { page } = dashboard;
  const state = run.state();
  const older = { id: "older", name: "older", status: "failed", started: "" } as const;
  await dashboard.showState({ ...state, runs: [...state.runs, older] });
  await page.getByRole("combobox", { name: "Run" }).click();
  await page.getByRole("option", { name: /older/ }).click();
  expect(dashboard.sentOf("select")).toEqual([{ type: "select", run: "older" }]);
  await page.close();
});

test("the table shows last, lowest and highest values", async () => {
  const run = new RecordedRun(record(EXPLODING)).feedAll().end("diverged");
  const dashboard = await opened(run);
  const { page } = dashboard;
  await page.getByRole("button", { name: "Table" }).click();
  await dashboard.settled();
  expect(await page.isVisible(".board")).toBe(false);
  const row = page.getByRole("row", { name: /Loss validation/ });
  const cells = (await row.getByRole("cell").allTextContents()).map(plain);
  expect(cells[0]).toBe("NaN at 1 200");
  expect(cells[1]).toBe("0.802 at 720");
  expect(cells[3]).toBe("NaN at 1 200");
  expect((await dashboard.kept()).table).toBe(true);
  await page.close();
});

test("comes back as the user left it", async () => {
  const run = new RecordedRun(healthy).feedAll().end("completed");
  const first = await opened(run);
  await first.card("loss").getByRole("button", { name: "log" }).click();
  await first.card("loss").locator(".entry", { hasText: "batch" }).click();
  await first.card("silent").getByRole("button", { name: "wide" }).click();
  await first.settled();
  const kept = await first.kept();
  await first.page.close();
  const second = await opened(run, { viewState: kept });
  expect(await second.kept()).toEqual(kept);
  expect(kept.run).toBe(run.view().id);
  const pressed = (figure: string, name: string) =>
    second.card(figure).getByRole("button", { name }).getAttribute("aria-pressed");
  expect(await pressed("loss", "log")).toBe("true");
  expect(await pressed("loss", "batch")).toBe("false");
  expect(await second.card("silent").getAttribute("class")).toContain("chosen");
  const asked = second.sentOf("read").flatMap(({ queries }) => queries);
  expect(asked.some(({ curve }) => curve === "loss")).toBe(false);
  await second.page.close();
});

test("text from run files stays text", async () => {
  const hostile = '<img src=x onerror="document.title=1"><style>*{display:none}</style>';
  const events = structuredClone(healthy);
  const begin = events[0] as RunEvent;
  begin.name = begin.loss = begin.device = begin.optimizer.name = hostile;
  for (const layer of begin.layers) layer.name = hostile;
  const run = new RecordedRun(events).feedAll().end("failed", hostile);
  const finding: Finding = structuredClone(DEAD);
  finding.message = finding.lesson = hostile;
  finding.layers = [hostile];
  for (const piece of finding.evidence) piece.text = hostile;
  for (const remedy of finding.remedies) remedy.title = hostile;
  if (finding.anchor) finding.anchor.file = hostile;
  run.findings = [finding];
  const dashboard = await opened(run);
  const { page } = dashboard;
  await page.getByRole("button", { name: "Table" }).click();
  await dashboard.settled();
  expect(await page.locator("#app img, #app style").count()).toBe(0);
  expect(await page.title()).toBe("Training Vitals");
  expect(await page.textContent(".message")).toBe(hostile);
  expect(dashboard.violations).toEqual([]);
  await page.close();
});

test("keeps to the content policy without a complaint, in another theme and at any width", async () => {
  const run = new RecordedRun(healthy).feedAll().end("completed");
  run.findings = [DEAD];
  const dashboard = await opened(run);
  const { page } = dashboard;
  await dress(page, LIGHT_MODERN);
  for (const width of [420, 900, 1800]) {
    await page.setViewportSize({ width, height: 800 });
    await dashboard.settled();
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, `at ${width} pixels`).toBe(0);
  }
  await page.click(".message");
  await dashboard.settled();
  expect(dashboard.violations).toEqual([]);
  expect(dashboard.complaints).toEqual([]);
  await page.close();
});
