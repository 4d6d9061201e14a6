/** Runs are judged anew when what the user changes of the diagnosis changes. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Engine } from "../../../diagnosis/engine.ts";
import type { DiagnosisOptions } from "../../../diagnosis/options.ts";
import { RunStore } from "../../../runs/store.ts";
import { encode } from "../../../telemetry/codec.ts";
import { runEvent, stepEvent } from "../../helpers/events.ts";

let root: string;
let folder: string;
let store: RunStore | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vitals-judged-"));
  folder = join(root, ".vitals", "runs", "20261121-101500-a");
  mkdirSync(folder, { recursive: true });
  const broken = { ...stepEvent({ step: 2, seconds: 1, loss: Number.NaN }), sampled: false };
  const events = [
    runEvent({ file: join(root, "nets", "a.train.json"), pid: process.pid }),
    stepEvent({ step: 1, seconds: 0.5, loss: 1 }),
    broken,
  ];
  writeFileSync(
    join(folder, "events.ndjson"),
    events.map((event) => `${encode(event)}\n`).join(""),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  store?.dispose();
  rmSync(root, { recursive: true });
});

const symptoms = () => store?.sessions[0]?.findings.map(({ symptom }) => symptom);

test("a silenced symptom goes, and comes back", async () => {
  let options: DiagnosisOptions = {};
  store = new RunStore(
    () => [root],
    () => options,
  );
  await vi.waitFor(() => expect(symptoms()).toContain("non-finite"));
  let told = 0;
  store.onChange(() => told++);
  options = { silenced: ["non-finite"] };
  await store.judgeAnew();
  expect(symptoms()).not.toContain("non-finite");
  expect(told).toBeGreaterThan(0);
  options = {};
  await store.judgeAnew();
  expect(symptoms()).toContain("non-finite");
});

test("what is written but not yet read is judged once", async () => {
  let options: DiagnosisOptions = {};
  store = new RunStore(
    () => [root],
    () => options,
  );
  const step = () => store?.sessions[0]?.step?.step;
  await vi.waitFor(() => expect(step()).toBe(2));
  const push = vi.spyOn(Engine.prototype, "push");
  const third = stepEvent({ step: 3, seconds: 2, loss: 1 });
  appendFileSync(join(folder, "events.ndjson"), `${encode(third)}\n`);
  options = { silenced: ["plateau"] };
  await store.judgeAnew();
  await vi.waitFor(() => expect(step()).toBe(3));
  expect(push.mock.calls.map(([event]) => ("step" in event ? event.step : event.kind))).toEqual([
    "run",
    1,
    2,
    3,
  ]);
});

test("the recipe's own folder decides, once the recipe is known", async () => {
  mkdirSync(join(root, "nets"));
  writeFileSync(join(root, "nets", "a.train.json"), "{}");
  const asked: string[] = [];
  store = new RunStore(
    () => [root],
    (path) => {
      asked.push(path);
      return path.endsWith("a.train.json") ? { silenced: ["non-finite"] } : {};
    },
  );
  await vi.waitFor(() => expect(store?.sessions[0]?.run).toBeDefined());
  expect(asked).toEqual([folder, join(root, "nets", "a.train.json")]);
  expect(symptoms()).not.toContain("non-finite");
});
