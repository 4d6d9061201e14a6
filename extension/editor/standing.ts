/** Which findings stand in the Problems panel for a file. */

import type { Finding } from "../../diagnosis/finding.ts";
import { isLive, type RunLook, stepOf } from "../look.ts";

/** A finding, and the run that shows it. */
export interface Standing<T> {
  finding: Finding;
  session: T;
}

/**
 * The open findings of the newest run of a file. While it is still on its way, a finding of the run before
 * stays until the new run has come past the step where the old one showed it: a Problem does not
 * blink away at every start.
 * @param newestFirst the runs of this one file
 */
export function standingFindings<T extends Pick<RunLook, "findings" | "status" | "step" | "epoch">>(
  newestFirst: readonly T[],
): Standing<T>[] {
  const [newest, previous] = newestFirst;
  if (!newest) return [];
  const standing = openOf(newest);
  if (!previous || !isLive(newest)) return standing;
  const judged = new Set(newest.findings.map(({ symptom }) => symptom));
  const waiting = openOf(previous).filter(
    ({ finding }) => !judged.has(finding.symptom) && finding.detectedStep > stepOf(newest),
  );
  return [...standing, ...waiting];
}

/** What only informs is for the dashboard and the tree. */
function openOf<T extends Pick<RunLook, "findings">>(session: T): Standing<T>[] {
  return session.findings
    .filter(({ state, severity }) => state === "open" && severity !== "info")
    .map((finding) => ({ finding, session }));
}
