/** Which findings stand in the Problems panel for a file. */

import { byCause } from "../../diagnosis/consequences.ts";
import type { Finding } from "../../diagnosis/finding.ts";
import { isLive, type RunLook, stepOf } from "../look.ts";

/** A finding to act on, what it led to, and the run that shows it. */
export interface Standing<T> {
  finding: Finding;
  consequences: Finding[];
  session: T;
}

/**
 * The open causes of the newest run of a file. While it is still on its way, a finding of the run before
 * stays until the new run has come past the step where the old one showed it: a Problem does not
 * blink away at every start.
 * @param newestFirst the runs of this one file
 * @param infos whether what only informs stands there too, and not in the dashboard and the tree alone
 */
export function standingFindings<T extends Pick<RunLook, "findings" | "status" | "step" | "epoch">>(
  newestFirst: readonly T[],
  infos: boolean,
): Standing<T>[] {
  const [newest, previous] = newestFirst;
  if (!newest) return [];
  const standing = openOf(newest, infos);
  if (!previous || !isLive(newest)) return standing;
  const judged = new Set(newest.findings.map(({ symptom }) => symptom));
  const waiting = openOf(previous, infos).filter(
    ({ finding }) => !judged.has(finding.symptom) && finding.detectedStep > stepOf(newest),
  );
  return [...standing, ...waiting];
}

function openOf<T extends Pick<RunLook, "findings">>(session: T, infos: boolean): Standing<T>[] {
  return byCause(session.findings)
    .filter(
      ({ finding: { state, severity } }) => state === "open" && (infos || severity !== "info"),
    )
    .map(({ finding, consequences }) => ({
      finding,
      consequences: consequences.filter(({ state }) => state === "open"),
      session,
    }));
}
