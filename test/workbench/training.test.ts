import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Symptom } from "../../diagnosis/finding.ts";
import {
  type ExampleWindow,
  endOf,
  eventually,
  openExamples,
  problemsOf,
  rewrite,
  shownStep,
  train,
} from "./window.ts";

let window: ExampleWindow;
beforeAll(async () => {
  window = await openExamples();
});
afterAll(() => window?.close());

/** Waits until the dashboard's chart has moved on twice while the trainer still runs. */
async function expectLiveCharts(run: string): Promise<void> {
  const seen = new Set<number>();
  await eventually(`the charts of ${basename(run)} to move`, async () => {
    const { step, running } = await shownStep(window);
    if (running && step > 0) seen.add(step);
    return seen.size >= 3 ? true : undefined;
  });
}

// It ends before the first webview of a window is there, so its charts are seen complete; the sick ones' live.
test("the healthy example draws its charts and has neither a warning nor an error", async () => {
  await window.workbench.openFile("healthy.train.json");
  const run = await train(window, "healthy.train.json");
  const end = await endOf(run);
  await eventually("the whole run on the charts", async () =>
    (await shownStep(window)).step === end.step ? true : undefined,
  );
  expect(end.status).toBe("completed");
  expect(end.validation?.["accuracy"]).toBeGreaterThanOrEqual(0.95);
  await eventually("the result in the status bar", async () =>
    (await window.workbench.statusBar()).find((item) => /^healthy · accuracy 9/.test(item)),
  );
  expect(await window.workbench.problems()).toEqual([]);
});

interface SickExample {
  recipe: string;
  symptom: Symptom;
  /** How its message can be told from others. */
  says: string;
  /** What stands on the line that is to blame. */
  line: RegExp;
  /** Fewer epochs than the example has: enough for the symptom, and for the cure to show. */
  epochs?: number;
}

const SICK: SickExample[] = [
  {
    recipe: "overfitting.train.json",
    symptom: "validation-rising",
    says: "Validation loss rises",
    line: /"epochs"/,
  },
  {
    recipe: "dead-relu.train.json",
    symptom: "learning-rate-too-high",
    says: "is too high",
    line: /"optimizer"/,
    epochs: 20,
  },
  {
    recipe: "exploding-gradients.train.json",
    symptom: "signal-explosion",
    says: "Before the first update the signal",
    line: /"hidden1"/,
  },
];

test.each(SICK)(
  "$recipe: $symptom is found on its line, and gone after its quick fix",
  async ({ recipe, symptom, says, line, epochs }) => {
    const { workbench, folder } = window;
    if (epochs)
      rewrite(folder, recipe, (text) => text.replace(/"epochs": \d+/, `"epochs": ${epochs}`));
    const text = () => readFileSync(join(folder, recipe), "utf8");
    const sick = text();
    await workbench.openFile(recipe);
    const run = await train(window, recipe);
    await expectLiveCharts(run);
    const before = await endOf(run);

    const lineNumber = sick.split("\n").findIndex((content) => line.test(content)) + 1;
    const [problem] = await eventually(`the problem ${symptom}`, async () => {
      const found = await problemsOf(window, recipe, symptom);
      return found.length > 0 ? found : undefined;
    });
    expect(problem).toContain(`[Ln ${lineNumber},`);

    const offered = await workbench.takeQuickFix(says);
    expect(offered).toContain(`Explain ${symptom}`);
    await workbench.page.locator(".tab.active.dirty").waitFor();
    await workbench.save();
    expect(text()).not.toBe(sick);

    const after = await endOf(await train(window, recipe));
    expect(after.status).toBe("completed");
    await eventually(`the problem ${symptom} to go`, async () =>
      (await problemsOf(window, recipe, symptom)).length === 0 ? true : undefined,
    );
    const accuracy = (end: typeof after) => end.validation?.["accuracy"] ?? 0;
    expect(accuracy(after)).toBeGreaterThanOrEqual(accuracy(before));
  },
);
