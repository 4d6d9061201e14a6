import { expect, test } from "vitest";
import { statusText } from "../../../extension/views/statusText.ts";
import { aFinding, anEnd, aRun } from "./runs.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a running training spins and says step and loss", () => {
  expect(plain(statusText(aRun()).text)).toBe("$(sync~spin) step 1 240 · loss 0.313");
  expect(statusText(aRun({ step: undefined })).text).toBe("$(sync~spin) starting");
  expect(plain(statusText(aRun({ status: "paused" })).text)).toMatch(
    /^\$\(debug-pause\) paused · step 1 240/,
  );
});

test("the worst finding is named; only an error alarms", () => {
  const warning = statusText(aRun({ findings: [aFinding()] }));
  expect(warning.text).toContain("$(warning) dead-relu");
  expect(warning.alarming).toBe(false);
  const error = statusText(aRun({ findings: [aFinding({ severity: "error" })] }));
  expect(error.text).toContain("$(error) dead-relu");
  expect(error.alarming).toBe(true);
  expect(error.spoken).not.toContain("$(");
});

test("information and resolved findings are not shown", () => {
  for (const finding of [aFinding({ severity: "info" }), aFinding({ state: "resolved" })]) {
    expect(statusText(aRun({ findings: [finding] })).text).not.toContain("dead-relu");
  }
});

test("after the end it says how it went", () => {
  const ended = (status: "completed" | "stopped" | "failed" | "diverged") =>
    plain(statusText(aRun({ status, end: anEnd(status) })).text);
  expect(ended("completed")).toBe("$(check) a · accuracy 97.2 %");
  expect(ended("stopped")).toBe("$(debug-stop) stopped · accuracy 97.2 %");
  expect(ended("diverged")).toBe("$(error) diverged at step 100");
  expect(ended("failed")).toBe("$(error) a failed");
});
