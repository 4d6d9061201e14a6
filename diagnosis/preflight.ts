/** The checks before the first step: what was measured, in a sentence each, and whether something is found there. */
import type { DataEvent, InitialEvent, RunEvent } from "../telemetry/events.ts";
import type { Finding, Symptom } from "./finding.ts";
import { dataChecks } from "./preflight/data.ts";
import { networkChecks } from "./preflight/network.ts";
import { trialChecks } from "./preflight/trials.ts";
import type { RangeTest } from "./rangeTest.ts";

/** How well one batch was learned by heart. */
export interface BatchByHeart {
  rows: number;
  steps: number;
  /** Loss at the first and at the last of the steps. */
  first: number;
  last: number;
}

export interface Preflight {
  run: RunEvent;
  data: DataEvent;
  initial: InitialEvent;
  batch: BatchByHeart;
  range: RangeTest;
  findings: readonly Finding[];
}

/** `look`: a warning or a note stands behind it. */
export type Verdict = "ok" | "look" | "wrong";

export interface Check {
  name: string;
  verdict: Verdict;
  /** One sentence with the numbers. */
  text: string;
  /** Open findings that belong here. */
  symptoms: Symptom[];
}

/** A check before the findings are known. */
export interface Measured {
  name: string;
  text: string;
  /** What would be found here. */
  about: readonly Symptom[];
  /** What the measurement says by itself; left out: nothing. */
  verdict?: Verdict;
}

/** In the order in which a person should look. */
export function checksOf(preflight: Preflight): Check[] {
  const measured = [
    ...dataChecks(preflight),
    ...networkChecks(preflight),
    ...trialChecks(preflight),
  ];
  return measured.map(({ name, text, about, verdict = "ok" }) => {
    const open = preflight.findings.filter(
      ({ symptom, state }) => state === "open" && about.includes(symptom),
    );
    const found = open.map(({ severity }): Verdict => (severity === "error" ? "wrong" : "look"));
    return {
      name,
      text,
      verdict: worst([verdict, ...found]),
      symptoms: open.map((f) => f.symptom),
    };
  });
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (["wrong", "look"] as const).find((verdict) => verdicts.includes(verdict)) ?? "ok";
}
