import { expect, test } from "vitest";
import { findingRow, remedyRow, runRow } from "../../../extension/views/runRows.ts";
import { aFinding, anEnd, aRun } from "./runs.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a run says how far it has come and how well it does", () => {
  const row = runRow(aRun());
  expect(row.label).toBe("a");
  expect(plain(row.description)).toBe("acc 97.2 % · step 1 240 · epoch 3");
  expect(row.icon).toBe("sync~spin");
});

test("a run that did not end by itself says so, with the reason", () => {
  const row = runRow(
    aRun({ status: "failed", end: anEnd("failed", { validation: null }), error: "Disk full." }),
  );
  expect(row.description).toMatch(/^failed/);
  expect(row.tooltip).toContain("Disk full.");
  expect(row.icon).toBe("error");
});

test("only a completed run without an open finding is green", () => {
  const end = anEnd("completed");
  expect(runRow(aRun({ status: "completed", end }))).toHaveProperty("color");
  const sick = aRun({ status: "completed", end, findings: [aFinding()] });
  expect(runRow(sick)).not.toHaveProperty("color");
});

test("a run without its first event is named by its folder", () => {
  const row = runRow(aRun({ run: undefined, step: undefined, epoch: undefined }));
  expect(row.label).toBe("20261121-101500-a");
  expect(row.tooltip).toContain("Started");
});

test("a finding carries its sentence, its evidence and its severity", () => {
  const row = findingRow(aFinding());
  expect(row).toMatchObject({ label: "dead-relu", icon: "warning" });
  expect(row.description).toContain("61 %");
  expect(findingRow(aFinding({ state: "resolved" }))).toMatchObject({ icon: "pass" });
  expect(findingRow(aFinding({ cause: "init-mismatch" })).description).toMatch(
    /^from init-mismatch: 61 %/,
  );
});

test("the preferred remedy is told apart", () => {
  const offer = { id: "x", title: "Do it", preferred: true, value: null, layers: [] };
  expect(remedyRow(offer)).toMatchObject({ label: "Do it", description: "recommended" });
  expect(remedyRow({ ...offer, preferred: false }).description).toBe("");
});
