/** What is measured before a training: the learning rate, and everything else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExampleWindow, eventually, openExamples, runsOf } from "./window.ts";

const HEALTHY = "healthy.train.json";
const EXPLODING = "exploding-gradients.train.json";

let window: ExampleWindow;
beforeAll(async () => {
  window = await openExamples();
});
afterAll(() => window?.close());

test("the learning rate that is found is taken over by the message's button", async () => {
  const { workbench, folder } = window;
  const before = readFileSync(join(folder, HEALTHY), "utf8");
  await workbench.openFile(HEALTHY);
  await workbench.command("Vitals: Find Learning Rate");
  const button = workbench.page.getByRole("button", { name: /^Set the learning rate to/ });
  await button.waitFor({ timeout: 60_000 });
  const [, rate = ""] = /to ([\d.e-]+)/.exec((await button.textContent()) ?? "") ?? [];
  await button.click();
  await eventually("the edit", async () =>
    (await workbench.editorText()).includes(`"learningRate": ${rate}`) ? true : undefined,
  );
  await workbench.save();
  const after = await eventually("the new rate", () => {
    const text = readFileSync(join(folder, HEALTHY), "utf8");
    return text === before ? undefined : text;
  });
  expect(after).toContain(`"learningRate": ${rate}`);
  expect(after.replace(/"learningRate": [\d.e-]+/, "")).toBe(
    before.replace(/"learningRate": [\d.e-]+/, ""),
  );
  expect(runsOf(folder, HEALTHY)).toEqual([]);
});

test("a check before training shows a page and Problems, and makes no run", async () => {
  const { workbench, folder } = window;
  await workbench.openFile(EXPLODING);
  await workbench.command("Vitals: Check Before Training");
  await eventually("the page", async () => {
    for (const frame of workbench.page.frames()) {
      const cells = frame.locator("td", { hasText: "one batch by heart" });
      if ((await cells.count().catch(() => 0)) > 0) return true;
    }
    return undefined;
  });
  await eventually("the Problem", async () =>
    (await workbench.problems()).find((row) => row.includes("Training Vitals signal-explosion [")),
  );
  expect(runsOf(folder, EXPLODING)).toEqual([]);
});
