import { afterEach, expect, test, vi } from "vitest";
import { printResult } from "../../../cli/report.ts";
import type { Finding, Summary } from "../../../diagnosis/finding.ts";
import { aFinding } from "../extension/runs.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const summary: Summary = {
  kind: "summary",
  run: process.cwd(),
  status: "completed",
  error: null,
  steps: 1200,
  seconds: 3.5,
  train: null,
  validation: null,
  test: null,
  testUses: null,
  counts: { error: 0, warning: 2, info: 0 },
  checked: ["dead-relu", "plateau"],
  unchecked: [],
};

function printed(findings: Finding[], change: Partial<Summary> = {}): string[] {
  let text = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += chunk;
    return true;
  });
  printResult(findings, { ...summary, ...change }, false);
  return text.trimEnd().split("\n");
}

test("consequences are printed under their cause, and nowhere else", () => {
  const rate = aFinding({
    symptom: "learning-rate-too-high",
    message: "The rate is too high.",
    anchor: null,
    consequences: ["dead-relu"],
    notChecked: ["step.layers.updateRatio"],
    remedies: [
      { id: "lower-learning-rate", title: "Lower it", preferred: true, value: 1, layers: [] },
    ],
  });
  const dead = aFinding({ cause: "learning-rate-too-high", message: "Units died." });
  expect(printed([rate, dead])).toEqual([
    "warning learning-rate-too-high",
    "  The rate is too high.",
    "  · not recorded, so not checked: step.layers.updateRatio",
    "    leads to dead-relu: Units died.",
    "  → Lower it",
    "checked 2 symptoms",
    "completed after 1,200 steps in 3.5 s · 2 warnings · .",
  ]);
});

test("what could not be checked is said in one short line, and no time where none is known", () => {
  const unchecked = (
    ["batch-size", "plateau", "dead-relu", "non-finite", "test-reuse"] as const
  ).map((symptom) => ({ symptom, missing: ["data"] }));
  const lines = printed([], { unchecked, seconds: Number.NaN });
  expect(lines[0]).toBe(
    "checked 2 symptoms; 5 could not be checked: batch-size, plateau, dead-relu and 2 more",
  );
  expect(lines[1]).toMatch(/^completed after 1,200 steps · /);
});
