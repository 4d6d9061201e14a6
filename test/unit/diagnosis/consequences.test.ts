import { expect, test } from "vitest";
import { byCause } from "../../../diagnosis/consequences.ts";
import type { Finding } from "../../../diagnosis/finding.ts";
import { aFinding } from "../extension/runs.ts";

const shown = (findings: Finding[]) =>
  byCause(findings).map(({ finding, consequences }) => [
    finding.symptom,
    ...consequences.map(({ symptom }) => symptom),
  ]);

test("every finding stands once: a cause, or under the cause at the head of its chain", () => {
  const findings = [
    aFinding({
      symptom: "unnormalized-inputs",
      consequences: ["exploding-gradients", "dead-relu"],
    }),
    aFinding({ symptom: "overfitting-gap" }),
    aFinding({
      symptom: "exploding-gradients",
      cause: "unnormalized-inputs",
      consequences: ["dead-relu"],
    }),
    aFinding({ symptom: "dead-relu", cause: "exploding-gradients" }),
  ];
  expect(shown(findings)).toEqual([
    ["unnormalized-inputs", "exploding-gradients", "dead-relu"],
    ["overfitting-gap"],
  ]);
});

test("a consequence whose cause is not told stands by itself", () => {
  expect(shown([aFinding({ cause: "learning-rate-too-high" })])).toEqual([["dead-relu"]]);
});
