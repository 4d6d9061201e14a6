/** A real editor window on a copy of the examples, with the packaged extension: one for a test file. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopRun } from "../../runs/control.ts";
import type { EndEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { RUNS_FOLDER } from "../../telemetry/files/folder.ts";
import { startWorkbench } from "../../tools/workbench/server.mjs";
import { readRun } from "../helpers/readRun.ts";
import { copyOfExamples } from "../helpers/vitals.ts";
import { Workbench } from "./driver.mjs";

const VSIX = "dist/training-vitals.vsix";
/** How long a training may take on a busy machine. */
const RUN_MS = 120_000;
/** Wide enough for the editor and the dashboard side by side. */
const SIZE = { width: 1800, height: 1000 };

export interface ExampleWindow {
  folder: string;
  workbench: Workbench;
  close(): Promise<void>;
}

export async function openExamples(): Promise<ExampleWindow> {
  const { folder, remove } = copyOfExamples();
  const server = await startWorkbench({ folder, vsix: VSIX });
  try {
    const workbench = await Workbench.open(server.url, SIZE);
    const close = async () => {
      await workbench.close();
      // A trainer outlives the editor, also where a test failed before it could stop it.
      for (const run of runsOf(folder, "")) stopRun(run);
      await server.stop();
      remove();
    };
    return { folder, workbench, close };
  } catch (error) {
    await server.stop();
    remove();
    throw error;
  }
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  ms = 45_000,
): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(100)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Waited ${ms / 1000} s for ${what}.`);
}

/** The folders of the runs of a recipe, oldest first. */
export function runsOf(folder: string, recipe: string): string[] {
  const runs = join(folder, RUNS_FOLDER);
  if (!existsSync(runs)) return [];
  const ours = readdirSync(runs, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name.includes(basename(recipe, ".train.json")),
  );
  return ours.map(({ name }) => join(runs, name)).sort();
}

/** What a run has recorded so far; nothing before its file is there. */
export function eventsOf(run: string): TelemetryEvent[] {
  try {
    return readRun(run).events;
  } catch {
    return [];
  }
}

/** Trains the recipe that is open, from the palette. @returns the new run's folder, once it is there */
export async function train(window: ExampleWindow, recipe: string): Promise<string> {
  const before = runsOf(window.folder, recipe).length;
  await window.workbench.command("Vitals: Train This File");
  return eventually(`a run of ${recipe}`, () => runsOf(window.folder, recipe)[before]);
}

/** The last event of a run, once it is there. */
export function endOf(run: string): Promise<EndEvent> {
  const last = () => eventsOf(run).find((event) => event.kind === "end");
  return eventually(`the end of ${basename(run)}`, last, RUN_MS);
}

/** The rows of the Problems panel that show a symptom in a recipe: a file's rows follow its own. */
export async function problemsOf(
  { workbench }: ExampleWindow,
  recipe: string,
  symptom: string,
): Promise<string[]> {
  let file = "";
  return (await workbench.problems()).filter((row) => {
    file = /^(\S+\.train\.json) \d+$/.exec(row)?.[1] ?? file;
    return file === recipe && row.includes(`Training Vitals ${symptom} [`);
  });
}

/** The step that the dashboard's first chart says, and whether the run that it shows is still going. */
export async function shownStep({
  workbench,
}: ExampleWindow): Promise<{ step: number; running: boolean }> {
  const page = workbench.dashboard();
  const running = (await page.getByRole("button", { name: "Stop" }).count()) > 0;
  // Charts are drawn where they are seen; findings may stand above them.
  const canvas = page.locator("canvas").first();
  await canvas.scrollIntoViewIfNeeded({ timeout: 2000 }).catch(() => undefined);
  const chart = page.getByRole("img", { name: /step/ }).first();
  const said = await chart.getAttribute("aria-label", { timeout: 2000 }).catch(() => null);
  const step = /step ([\d\s]+)/.exec(said ?? "")?.[1]?.replace(/\s/g, "");
  return { step: Number(step ?? 0), running };
}

/** Changes the text of a file on disk. */
export function rewrite(folder: string, name: string, change: (text: string) => string): void {
  const file = join(folder, name);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
