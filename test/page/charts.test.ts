/** The charts: what they draw, what they ask for, and how they are handled. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "./browser.ts";
import { EXPLODING, HEALTHY, OVERFITTING } from "./fixtures/courses.ts";
import { record } from "./fixtures/record.ts";
import { Dashboard, plain } from "./harness.ts";
import { RecordedRun } from "./host.ts";
import { dress, LIGHT_MODERN } from "./themes.ts";

const RED = [241, 76, 76];
const MUTED = [157, 157, 157];
/** The validation line's orange at the gap's opacity on the page's background. */
const GAP = [59, 47, 30];
/** Left of the plot, in pixels. */
const AXIS_WIDTH = 53;
const BLUE_DARK = [55, 148, 255];
const BLUE_LIGHT = [26, 133, 255];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const healthy = record(HEALTHY);

async function opened(run: RecordedRun, options?: Parameters<typeof Dashboard.open>[1]) {
  const dashboard = await Dashboard.open(browser, options);
  await dashboard.show(run);
  await dashboard.settled();
  return dashboard;
}

const ended = () => new RecordedRun(healthy).feedAll().end("completed");

/** Which columns of the learning rate's plot have a piece of its purple line. */
async function purple({ page }: Dashboard): Promise<boolean[]> {
  return page.evaluate((left) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-figure="learningRate"] canvas');
    const { width = 0, height = 0 } = canvas ?? {};
    const { data } = canvas!.getContext("2d")!.getImageData(0, 0, width, height);
    const isLine = (x: number, y: number) => {
      const [r, g, b, alpha] = data.subarray((y * width + x) * 4) as unknown as number[];
      return alpha! > 100 && b! - g! > 50 && r! > g!;
    };
    return Array.from({ length: width - left - 10 }, (_, i) =>
      Array.from({ length: height }, (_, y) => isLine(left + i, y)).some(Boolean),
    );
  }, AXIS_WIDTH);
}

async function drag(dashboard: Dashboard, figure: string, from: number, to: number) {
  const box = await dashboard.card(figure).locator(".plot").boundingBox();
  if (!box) throw new Error(`no ${figure}`);
  const { mouse } = dashboard.page;
  await mouse.move(box.x + from, box.y + 60);
  await mouse.down();
  await mouse.move(box.x + (from + to) / 2, box.y + 70);
  await mouse.move(box.x + to, box.y + 80);
  await mouse.up();
}

test("every figure of the run has a chart with points", async () => {
  const dashboard = await opened(ended());
  const { page } = dashboard;
  const figures = await page
    .locator(".card")
    .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset["figure"] ?? ""));
  expect(figures).toEqual([
    "loss",
    "metric.accuracy",
    "gradientNorm",
    "silent",
    "updateRatio",
    "learningRate",
  ]);
  for (const figure of figures) {
    await dashboard.card(figure).scrollIntoViewIfNeeded();
    await dashboard.settled();
    expect(await dashboard.points(figure), figure).toBeGreaterThan(40);
  }
  expect(await dashboard.pixels("loss", BLUE_DARK)).toBeGreaterThan(200);
  await page.close();
});

test("the gap is shaded and the best epoch marked", async () => {
  const run = new RecordedRun(record(OVERFITTING)).feedAll().end("completed");
  const dashboard = await opened(run);
  expect(await dashboard.pixels("loss", GAP)).toBeGreaterThan(3000);
  expect(await dashboard.pixels("loss", MUTED)).toBeGreaterThan(50);
  expect(await dashboard.label("loss")).toContain("best · epoch 12 at step 960");
  await dashboard.page.close();
  const calm = await opened(ended());
  expect(await calm.pixels("loss", GAP)).toBeLessThan(1500);
  await calm.page.close();
});

test("values that are not finite are marked, and read", async () => {
  const run = new RecordedRun(record(EXPLODING)).feedAll().end("diverged");
  const dashboard = await opened(run);
  expect(await dashboard.pixels("loss", RED, 24)).toBeGreaterThan(60);
  expect(await dashboard.label("loss")).toContain("not finite from step 1153");
  expect(await dashboard.reading("loss")).toBe(
    "step 1 230 · batch NaN · train NaN · validation NaN",
  );
  expect(await dashboard.reading("gradientNorm")).toContain("NaN all layers and 5 more");
  await dashboard.page.close();
  const calm = await opened(ended());
  expect(await calm.pixels("loss", RED)).toBe(0);
  await calm.page.close();
});

test("grows while events come, at most ten questions a second and one at a time", async () => {
  const run = new RecordedRun(healthy);
  run.feed(200);
  const dashboard = await opened(run);
  expect(await dashboard.reading("loss")).toContain("step 196");
  const before = dashboard.sentOf("read").length;
  const begun = performance.now();
  while (performance.now() - begun < 2000) {
    run.feed(20);
    await dashboard.show(run);
  }
  const seconds = (performance.now() - begun) / 1000;
  const asked = dashboard.sentOf("read").length - before;
  expect(asked).toBeGreaterThan(4);
  expect(asked).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  await dashboard.settled();
  const step = run.view().lastStep;
  const reading = (await dashboard.reading("loss")).replaceAll(" ", "");
  expect(reading).toContain(`step${step}·`);
  await dashboard.page.close();
});

test("asks nothing more while an answer is due", async () => {
  const run = new RecordedRun(healthy);
  run.feed(200);
  const dashboard = await opened(run);
  dashboard.silent = true;
  const before = dashboard.sentOf("read").length;
  for (let i = 0; i < 10; i++) {
    run.feed(50);
    await dashboard.show(run);
    await dashboard.page.waitForTimeout(60);
  }
  expect(dashboard.sentOf("read").length - before).toBe(1);
  // An answer that never came is asked for again.
  dashboard.silent = false;
  await dashboard.page.waitForTimeout(3000);
  await dashboard.settled();
  expect((await dashboard.reading("loss")).replaceAll(" ", "")).toContain(
    `step${run.view().lastStep}·`,
  );
  await dashboard.page.close();
});

test("asks for at most one place a pixel, and only for charts in view", async () => {
  const dashboard = await opened(ended(), { height: 420 });
  const { page } = dashboard;
  const width = await dashboard
    .card("loss")
    .locator("canvas")
    .first()
    .evaluate((canvas) => canvas.clientWidth);
  const queries = dashboard.sentOf("read").flatMap((message) => message.queries);
  expect(queries.length).toBeGreaterThan(0);
  for (const { pixels } of queries) expect(pixels).toBeLessThanOrEqual(width);
  expect(queries.some(({ curve }) => curve === "learningRate")).toBe(false);
  await page.setViewportSize({ width: 1200, height: 1000 });
  await dashboard.settled();
  const later = dashboard.sentOf("read").flatMap((message) => message.queries);
  expect(later.some(({ curve }) => curve === "learningRate")).toBe(true);
  await page.close();
});

test("the cursor reads all charts at once, by mouse and by keys", async () => {
  const dashboard = await opened(ended());
  const { page } = dashboard;
  await dashboard
    .card("loss")
    .locator(".plot")
    .hover({ position: { x: 200, y: 80 } });
  await page.waitForTimeout(100);
  const [, step] =
    /^step (\d \d+) · batch 0\.\d+ · train/.exec(await dashboard.reading("loss")) ?? [];
  expect(step).toBeDefined();
  expect(await dashboard.reading("gradientNorm")).toContain(`step ${step} ·`);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(100);
  expect(await dashboard.reading("loss")).toContain("step 3 200");
  await dashboard.card("loss").locator("[role=img]").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(100);
  expect(await dashboard.reading("loss")).toContain("step 32 ·");
  expect(await dashboard.label("loss")).toContain("step 32 ·");
  await page.close();
});

test("what is planned goes on, dashed, where what was measured ends", async () => {
  const run = new RecordedRun(healthy);
  run.feed(1300);
  const dashboard = await opened(run);
  const { page } = dashboard;
  const card = dashboard.card("learningRate");
  await card.scrollIntoViewIfNeeded();
  await dashboard.settled();
  const entries = card.locator(".entry");
  expect(await entries.locator(".label").allTextContents()).toEqual(["learning rate", "planned"]);
  expect(await entries.locator("path").last().getAttribute("stroke-dasharray")).toBeTruthy();
  expect(await dashboard.label("learningRate")).toContain("at step 3 200");
  // The run is at two fifths: what is right of there is the plan alone, with gaps as long as its dashes.
  const columns = await purple(dashboard);
  const drawn = (from: number, to: number) =>
    columns.slice(from * columns.length, to * columns.length);
  const share = (part: boolean[]) => part.filter(Boolean).length / part.length;
  expect(share(drawn(0.1, 0.38))).toBe(1);
  const rest = share(drawn(0.45, 0.95));
  expect(rest).toBeGreaterThan(0.3);
  expect(rest).toBeLessThan(0.9);
  const box = (await card.locator(".plot").boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
  await page.waitForTimeout(100);
  expect(await dashboard.reading("learningRate")).toMatch(/^step 2 \d+ · planned \d.*e-4$/);
  expect(await dashboard.reading("loss")).toMatch(/^step 1 2\d+ · batch/);
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.waitForTimeout(100);
  expect(await dashboard.reading("learningRate")).toMatch(/^step \d+ · learning rate \d.*e-4$/);
  await entries.last().click();
  await dashboard.settled();
  expect(share((await purple(dashboard)).slice(-40, -12))).toBe(1);
  await page.close();
});

test("only what was measured can be zoomed to", async () => {
  const run = new RecordedRun(healthy);
  run.feed(1300);
  const dashboard = await opened(run);
  await dashboard.card("learningRate").scrollIntoViewIfNeeded();
  await dashboard.settled();
  const width = (await dashboard.card("learningRate").locator(".plot").boundingBox())!.width;
  await drag(dashboard, "learningRate", width * 0.7, width * 0.9);
  await dashboard.settled();
  expect(await dashboard.page.isVisible(".zoom")).toBe(false);
  await drag(dashboard, "learningRate", width * 0.3, width * 0.9);
  await dashboard.settled();
  expect(plain(await dashboard.page.textContent(".zoom"))).toMatch(/to 1 282 of 1 282/);
  await dashboard.page.close();
});

test("a run without a schedule has nothing planned", async () => {
  const { learningRate: _, ...constant } = HEALTHY;
  const run = new RecordedRun(record(constant));
  run.feed(1300);
  const dashboard = await opened(run);
  const card = dashboard.card("learningRate");
  await card.scrollIntoViewIfNeeded();
  await dashboard.settled();
  expect(await card.locator(".legend").isVisible()).toBe(false);
  expect(await dashboard.label("learningRate")).not.toContain("planned");
  expect(await dashboard.points("learningRate")).toBeGreaterThan(40);
  await dashboard.page.close();
});

test("a click in the legend hides a line, a double-click isolates it", async () => {
  const dashboard = await opened(ended());
  const { page } = dashboard;
  const legend = dashboard.card("gradientNorm").locator(".entry");
  const all = await dashboard.points("gradientNorm");
  await legend.filter({ hasText: "dense_2" }).click();
  await dashboard.settled();
  expect(await dashboard.points("gradientNorm")).toBeLessThan(all);
  const last = dashboard
    .sentOf("read")
    .at(-1)
    ?.queries.map(({ curve }) => curve);
  expect(last).toContain("layer.0.gradientNorm");
  expect(last).not.toContain("layer.1.gradientNorm");
  await legend.filter({ hasText: "dense_3" }).dblclick();
  await dashboard.settled();
  expect(
    dashboard
      .sentOf("read")
      .at(-1)
      ?.queries.map(({ curve }) => curve),
  ).toEqual(["layer.2.gradientNorm"]);
  expect((await dashboard.kept()).hidden["gradientNorm"]).toHaveLength(5);
  await page.close();
});

test("a box zooms all charts, a double-click shows all again", async () => {
  const dashboard = await opened(ended());
  const { page } = dashboard;
  await drag(dashboard, "loss", 150, 260);
  await dashboard.settled();
  const asked = dashboard.sentOf("read").at(-1)?.queries ?? [];
  expect(asked.length).toBeGreaterThan(8);
  for (const { from, to } of asked) {
    expect(from).toBeGreaterThan(500);
    expect(to - from).toBeGreaterThan(500);
    expect(to).toBeLessThan(2700);
  }
  expect(await page.textContent(".zoom")).toContain("steps");
  const before = dashboard.sentOf("read").length;
  await dashboard
    .card("gradientNorm")
    .locator(".plot")
    .dblclick({ position: { x: 200, y: 80 } });
  await dashboard.settled();
  expect(dashboard.sentOf("read").length).toBeGreaterThan(before);
  expect(dashboard.sentOf("read").at(-1)?.queries[0]).toMatchObject({ from: 0, to: 3200 });
  expect(await page.isVisible(".zoom")).toBe(false);
  await page.close();
});

test("log and linear are a choice, and one chart can have the whole width", async () => {
  const dashboard = await opened(ended());
  const card = dashboard.card("gradientNorm");
  const log = card.getByRole("button", { name: "log" });
  expect(await log.getAttribute("aria-pressed")).toBe("true");
  await log.click();
  await dashboard.settled();
  expect(await log.getAttribute("aria-pressed")).toBe("false");
  const narrow = (await card.boundingBox())?.width ?? 0;
  await card.getByRole("button", { name: "wide" }).click();
  await dashboard.settled();
  expect((await card.boundingBox())?.width ?? 0).toBeGreaterThan(2 * narrow);
  await dashboard.page.close();
});

test("takes on another theme as it is", async () => {
  const dashboard = await opened(ended());
  expect(await dashboard.pixels("loss", BLUE_LIGHT)).toBe(0);
  await dress(dashboard.page, LIGHT_MODERN);
  await dashboard.settled();
  expect(await dashboard.pixels("loss", BLUE_LIGHT)).toBeGreaterThan(200);
  await dashboard.page.close();
});

test("a run that grew looks as one that is opened at its end", async () => {
  const picture = ({ page }: Dashboard) =>
    page.evaluate(() =>
      document.querySelector<HTMLCanvasElement>('[data-figure="loss"] canvas')!.toDataURL(),
    );
  const whole = await opened(ended());
  const run = new RecordedRun(healthy);
  run.feed(12);
  const grown = await opened(run);
  run.feedAll().end("completed");
  await grown.show(run);
  await grown.settled();
  // The cursor's last place and the like are the same in both: nobody touched them.
  expect(await picture(grown)).toBe(await picture(whole));
  await whole.page.close();
  await grown.page.close();
});
