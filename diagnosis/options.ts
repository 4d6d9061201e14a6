/** What users may change of the diagnosis, in settings and in `.vitals.json`. */
import type { Detector, Limits, Thresholds } from "./detector.ts";
import type { Symptom } from "./finding.ts";

export interface DiagnosisOptions {
  /** Symptoms that are not looked for. */
  silenced?: readonly Symptom[];
  /** Numbers in place of the declared ones, by symptom and name of the threshold. */
  thresholds?: { readonly [S in Symptom]?: Readonly<Record<string, number>> };
}

/** The numbers that are in force for a detector. */
export function limitsOf(
  { symptom, thresholds }: Detector,
  options: DiagnosisOptions,
): Limits<Thresholds> {
  const moved = options.thresholds?.[symptom] ?? {};
  return Object.fromEntries(
    Object.entries(thresholds).map(([name, { value }]) => [name, moved[name] ?? value]),
  );
}
