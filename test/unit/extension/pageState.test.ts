import { expect, test } from "vitest";
import { currentRun, startedOf } from "../../../extension/look.ts";
import { pageState } from "../../../extension/views/pageState.ts";
import { Curves } from "../../../telemetry/curves.ts";
import { aFinding, anEpoch, aRun, aRunEvent, aStep } from "./runs.ts";

function shown(change: Parameters<typeof aRun>[0] = {}) {
  const curves = new Curves();
  curves.push(aRunEvent());
  curves.push(aStep(1240));
  return { ...aRun(change), curves };
}

test("the page is told of all runs, and all of one but its curves' points", () => {
  const run = shown({ best: anEpoch(2), findings: [aFinding()] });
  const state = pageState([run, aRun({ id: "older", status: "stopped" })], run);
  expect(state.runs.map(({ id, status }) => [id, status])).toEqual([
    ["20261121-101500-a", "running"],
    ["older", "stopped"],
  ]);
  expect(state.run).toMatchObject({
    progress: { step: 1240, stepsPerSecond: 100, validation: { accuracy: 0.9721 } },
    best: { epoch: 2, step: 20, loss: 0.4 },
    lastStep: 1240,
    curves: expect.arrayContaining(["loss", "gradientNorm", "layer.0.silent"]),
    findings: [{ symptom: "dead-relu" }],
  });
});

test("without a run there is none to show", () => {
  expect(pageState([], undefined)).toEqual({ runs: [], run: null });
});

test("a run that only began has no progress yet", () => {
  const run = shown({ run: undefined, step: undefined, epoch: undefined });
  const { run: view } = pageState([run], run);
  expect(view).toMatchObject({ info: null, progress: null, best: null, lastStep: 0 });
  expect(view?.started).toBe("2026-11-21T10:15:00.000Z");
});

test("the current run is the newest that is live, else the newest", () => {
  const runs = [
    { id: "3", status: "completed" as const },
    { id: "2", status: "paused" as const },
    { id: "1", status: "running" as const },
  ];
  expect(currentRun(runs)?.id).toBe("2");
  expect(currentRun(runs.slice(0, 1))?.id).toBe("3");
  expect(currentRun([])).toBeUndefined();
});

test("a folder that is named by hand has no known start", () => {
  expect(startedOf({ id: "mine", run: undefined })).toBe("");
});
