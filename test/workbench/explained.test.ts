/** What a Problem leads to: its page, and the file that silences it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExampleWindow, endOf, eventually, openExamples, rewrite, train } from "./window.ts";

const RECIPE = "dead-relu.train.json";

let window: ExampleWindow;
beforeAll(async () => {
  window = await openExamples();
  rewrite(window.folder, RECIPE, (text) => text.replace(/"epochs": \d+/, '"epochs": 8'));
  await window.workbench.openFile(RECIPE);
  await endOf(await train(window, RECIPE));
});
afterAll(() => window?.close());

/** The symptoms that stand as Problems now. */
async function standing(): Promise<string[]> {
  const rows = await window.workbench.problems();
  return rows.flatMap((row) => /Training Vitals ([a-z-]+) \[/.exec(row)?.[1] ?? []);
}

/** The first heading in any of the window's webviews that says this. */
function heading(text: string): Promise<true> {
  return eventually(`a page about ${text}`, async () => {
    for (const frame of window.workbench.page.frames()) {
      if (
        (await frame
          .locator("h1", { hasText: text })
          .count()
          .catch(() => 0)) > 0
      )
        return true;
    }
    return undefined;
  });
}

test("the code of a Problem opens its page, and a link on it the next", async () => {
  const { page } = window.workbench;
  const symptom = await eventually("a problem", async () => (await standing())[0]);
  const row = page.locator(".markers-panel .monaco-list-row", { hasText: symptom }).first();
  await row.locator("a", { hasText: symptom }).click();
  await heading(symptom);
  const remedy = await eventually("a remedy's link", async () => {
    for (const frame of page.frames()) {
      const link = frame.locator('a[data-href*="../remedies/"], a[href*="remedies/"]').first();
      if ((await link.count().catch(() => 0)) === 0) continue;
      const target = (await link.getAttribute("data-href")) ?? (await link.getAttribute("href"));
      await link.click();
      return /remedies\/([\w-]+)\.md/.exec(target ?? "")?.[1];
    }
    return undefined;
  });
  await heading(remedy);
});

test("a mistake in .vitals.json stands in it, and what it silences stands no more", async () => {
  const [symptom = ""] = await standing();
  const file = join(window.folder, ".vitals.json");
  writeFileSync(file, '{ "silence": ["platoo"] }\n');
  await window.workbench.openFile(".vitals.json");
  await eventually("the mistake", async () =>
    (await window.workbench.problems()).find((row) => /Unknown symptom "platoo"/.test(row)),
  );
  expect(await standing()).toContain(symptom);
  writeFileSync(file, `{ "silence": ["${symptom}"] }\n`);
  await eventually(`${symptom} to go`, async () =>
    (await standing()).includes(symptom) ? undefined : true,
  );
});
