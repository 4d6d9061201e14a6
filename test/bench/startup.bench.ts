/** What a user waits for, in a real editor with the packaged extension. */
import { statSync } from "node:fs";
import { cpus } from "node:os";
import {
  type ExampleWindow,
  endOf,
  eventually,
  openExamples,
  shownStep,
  train,
} from "../workbench/window.ts";
import type { BenchRow } from "./row.ts";

/** Ends within seconds, so that the second measurement is not disturbed. */
const RECIPE = "healthy.train.json";
const VSIX = "dist/training-vitals.vsix";

export async function run(): Promise<BenchRow[]> {
  const began = performance.now();
  const window = await openExamples();
  try {
    const activation = await activationOf(window.workbench);
    const first = await secondsToFirstPoint(window);
    const again = await secondsToFirstPoint(window);
    const seconds = (performance.now() - began) / 1000;
    const row = (bench: string, value: number, unit: string, goal: number, baseline: string) => ({
      bench: `startup/${bench}`,
      value,
      unit,
      goal,
      baseline,
      device: cpus()[0]?.model ?? "cpu",
      seconds,
    });
    return [
      row("activation", activation, "ms", 50, "the editor's own figure"),
      row("command-to-first-point, first dashboard of the window", first, "s", 15, "none"),
      row("command-to-first-point, dashboard open", again, "s", 3, "none"),
      row("vsix-size", statSync(VSIX).size / 2 ** 20, "MiB", 2, "none"),
    ];
  } finally {
    await window.close();
  }
}

/** As the editor's list of running extensions says it, in milliseconds. */
async function activationOf(workbench: ExampleWindow["workbench"]): Promise<number> {
  await workbench.openFile(RECIPE);
  await workbench.command("Developer: Show Running Extensions");
  const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row", {
    hasText: "Training Vitals",
  });
  return eventually("the activation time of the extension", async () => {
    const text = (await row.first().textContent()) ?? "";
    const milliseconds = /Activation:\s*(\d+)ms/.exec(text)?.[1];
    return milliseconds === undefined ? undefined : Number(milliseconds);
  });
}

async function secondsToFirstPoint(window: ExampleWindow): Promise<number> {
  await window.workbench.openFile(RECIPE);
  const began = performance.now();
  const run = await train(window, RECIPE);
  await eventually("the first point on the chart", async () =>
    (await shownStep(window).catch(() => ({ step: 0 }))).step > 0 ? true : undefined,
  );
  const seconds = (performance.now() - began) / 1000;
  await endOf(run);
  return seconds;
}
