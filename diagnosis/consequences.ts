/** Findings as people read them: each cause with what it led to. */
import type { Finding } from "./finding.ts";

export interface Explained<T extends Finding = Finding> {
  finding: T;
  /** What it led to, directly or not, nearest first. */
  consequences: T[];
}

/** What a person should act on, each with its consequences; every finding stands once. The order is kept. */
export function byCause<T extends Finding>(findings: readonly T[]): Explained<T>[] {
  const of = new Map(findings.map((finding) => [finding.symptom, finding]));
  return findings
    .filter(({ cause }) => cause === null || !of.has(cause))
    .map((finding) => ({
      finding,
      consequences: finding.consequences.flatMap((symptom) => of.get(symptom) ?? []),
    }));
}
