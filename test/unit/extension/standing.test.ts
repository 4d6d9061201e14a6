import { expect, test } from "vitest";
import { standingFindings } from "../../../extension/editor/standing.ts";
import { aFinding, aRun, aStep } from "./runs.ts";

const symptoms = (...runs: Parameters<typeof standingFindings>[0]) =>
  standingFindings(runs, false).map(({ finding }) => finding.symptom);

const sick = aRun({
  id: "1",
  status: "completed",
  findings: [aFinding({ firstStep: 3, detectedStep: 20 })],
});

test("the open errors and warnings of the newest run stand", () => {
  const run = aRun({
    status: "completed",
    findings: [
      aFinding({ symptom: "non-finite", severity: "error" }),
      aFinding({ symptom: "dead-relu" }),
      aFinding({ symptom: "overfitting-gap", severity: "info" }),
      aFinding({ symptom: "validation-rising", state: "resolved" }),
    ],
  });
  expect(symptoms(run)).toEqual(["non-finite", "dead-relu"]);
  expect(symptoms()).toEqual([]);
});

test("what only informs stands where it is asked for", () => {
  const run = aRun({
    findings: [aFinding(), aFinding({ symptom: "no-validation", severity: "info" })],
  });
  const standing = standingFindings([run], true);
  expect(standing.map(({ finding }) => finding.symptom)).toEqual(["dead-relu", "no-validation"]);
});

test("consequences do not stand beside their cause, but with it, and no longer than they last", () => {
  const rate = aFinding({
    symptom: "learning-rate-too-high",
    consequences: ["exploding-gradients", "loss-spike", "dead-relu"],
  });
  const run = aRun({
    findings: [
      rate,
      aFinding({ cause: "exploding-gradients" }),
      aFinding({ symptom: "exploding-gradients", cause: "learning-rate-too-high" }),
      aFinding({ symptom: "loss-spike", cause: "learning-rate-too-high", state: "resolved" }),
    ],
  });
  const [standing, ...others] = standingFindings([run], false);
  expect(others).toEqual([]);
  expect(standing?.finding).toBe(rate);
  expect(standing?.consequences.map(({ symptom }) => symptom)).toEqual([
    "exploding-gradients",
    "dead-relu",
  ]);
});

test("a finding of the run before stays until the new run has come past the step that showed it", () => {
  const starting = aRun({ id: "2", step: undefined, epoch: undefined });
  expect(symptoms(starting, sick)).toEqual(["dead-relu"]);
  expect(symptoms(aRun({ id: "2", step: aStep(19) }), sick)).toEqual(["dead-relu"]);
  expect(symptoms(aRun({ id: "2", step: aStep(20) }), sick)).toEqual([]);
});

test("it is gone as soon as the new run ended, or has judged the symptom itself", () => {
  expect(symptoms(aRun({ id: "2", step: aStep(5), status: "stopped" }), sick)).toEqual([]);
  const resolved = aFinding({ state: "resolved" });
  expect(symptoms(aRun({ id: "2", step: aStep(5), findings: [resolved] }), sick)).toEqual([]);
});

test("a finding that both runs show stands once, as the new run shows it", () => {
  const again = aRun({ id: "2", step: aStep(5), findings: [aFinding({ message: "again" })] });
  const standing = standingFindings([again, sick], false);
  expect(standing.map(({ finding, session }) => [finding.message, session.id])).toEqual([
    ["again", "2"],
  ]);
});
