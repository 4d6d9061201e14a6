/** The order in which findings are read: what is open before what is resolved, the worst first, each cause with its effects. */
import { byCause } from "../../diagnosis/consequences.ts";
import type { Finding, Severity } from "../../diagnosis/finding.ts";

const RANKS: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** A finding and its place in the run, which is its name in messages. */
export interface Placed {
  finding: Finding;
  place: number;
}

/** A cause, and what it led to. */
export interface Chain extends Placed {
  consequences: Placed[];
}

/** What a person should act on, as against good practice and what is over. */
export function isTrouble({ state, severity }: Finding): boolean {
  return state === "open" && severity !== "info";
}

/** The causes in reading order. */
export function inOrder(findings: readonly Finding[]): Chain[] {
  const placed = (finding: Finding): Placed => ({ finding, place: findings.indexOf(finding) });
  const rank = ({ finding: { state, severity } }: Placed) =>
    (state === "resolved" ? 10 : 0) + RANKS[severity];
  return byCause(findings)
    .map(({ finding, consequences }) => ({
      ...placed(finding),
      consequences: consequences.map(placed),
    }))
    .sort((a, b) => rank(a) - rank(b) || a.place - b.place);
}

/** `2 errors, 1 warning`, of what is open. */
export function summary(findings: readonly Finding[]): string {
  const open = findings.filter(({ state }) => state === "open");
  const parts = (Object.keys(RANKS) as Severity[]).flatMap((severity) => {
    const amount = open.filter((finding) => finding.severity === severity).length;
    if (amount === 0) return [];
    return [`${amount} ${severity === "info" ? "hint" : severity}${amount === 1 ? "" : "s"}`];
  });
  const resolved = findings.length - open.length;
  if (resolved > 0) parts.push(`${resolved} resolved`);
  return parts.join(", ");
}
