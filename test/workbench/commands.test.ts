import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExampleWindow, endOf, openExamples, runsOf, train } from "./window.ts";

let window: ExampleWindow;
beforeAll(async () => {
  window = await openExamples();
});
afterAll(() => window?.close());

/** The first notification of such a text. */
async function notification(text: RegExp): Promise<string> {
  const toast = window.workbench.page.locator(".notification-list-item-message", { hasText: text });
  await toast.first().waitFor({ timeout: 120_000 });
  return toast
    .first()
    .textContent()
    .then((said) => said ?? "");
}

/** What the open list offers, once it offers what is looked for: the palette closes into the next list. */
async function offered(item: RegExp): Promise<string> {
  const rows = window.workbench.page.locator(".quick-input-list .monaco-list-row");
  const text = async () => (await rows.allTextContents()).join("\n");
  await expect.poll(text, { timeout: 45_000 }).toMatch(item);
  return text();
}

/** By its text, for a list that still moves is easily clicked a row off. */
async function choose(item: string): Promise<void> {
  const { page } = window.workbench;
  await offered(new RegExp(item));
  await page.locator(".quick-input-widget input.input").fill(item);
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await expect.poll(() => rows.allTextContents(), { timeout: 45_000 }).toHaveLength(1);
  await page.keyboard.press("Enter");
}

test("the test set is opened by its own command only, and its uses are counted", async () => {
  const { workbench } = window;
  await workbench.openFile("healthy.train.json");
  expect((await endOf(await train(window, "healthy.train.json"))).test).toBeNull();
  await workbench.command("Vitals: Train This File and Open the Test Set");
  expect(await notification(/^Test set: /)).toMatch(
    /loss 0\.\d+, accuracy 0\.9\d+\. This was its first use\./,
  );
});

test("a run goes on from its checkpoint as a run of its own", async () => {
  const { workbench, folder } = window;
  const before = runsOf(folder, "healthy").length;
  await workbench.command("Vitals: Continue from Checkpoint…");
  await offered(/healthy.*step/);
  // Of two runs the newer, which the list shows first.
  await workbench.page.keyboard.press("Enter");
  await expect.poll(() => runsOf(folder, "healthy").length, { timeout: 45_000 }).toBe(before + 1);
});

test("a cross-validation ends with mean and deviation", async () => {
  const { workbench } = window;
  await workbench.openFile("healthy.train.json");
  await workbench.command("Vitals: Cross-Validate This File…");
  await choose("3 folds");
  expect(await notification(/over 3 folds/)).toMatch(/accuracy 0\.9\d\d ± 0\.0\d\d/);
});

test("setting up a GPU says what it would install and why", async () => {
  const { workbench } = window;
  await workbench.command("Vitals: Set Up GPU Training…");
  expect(await offered(/WebGPU/)).toMatch(/Vulkan driver/);
  await workbench.page.keyboard.press("Escape");
});
