/** The page of a preflight as Markdown. Pure. */
import {
  type AuditItem,
  auditModernRecipe,
  auditRecipe,
  auditTakeaways,
} from "../../diagnosis/audit.ts";
import type { Finding, Symptom } from "../../diagnosis/finding.ts";
import { checksOf, type Preflight, type Verdict } from "../../diagnosis/preflight.ts";

const MARKS: Record<Verdict, string> = { ok: "✓", look: "!", wrong: "✗" };

/** @param link to a symptom's page */
export function preflightPage(
  name: string,
  preflight: Preflight,
  link: (symptom: Symptom) => string,
): string {
  const { run, findings } = preflight;
  const rows = checksOf(preflight).map(({ name, verdict, text }) =>
    [MARKS[verdict], name, text].map(cell).join(" | "),
  );
  const open = findings.filter(({ state }) => state === "open");
  const found = open.map((finding) => findingLine(finding, link));
  return [
    `# ${name}, before training`,
    ["| | Check | Measured |", "|---|---|---|", ...rows.map((row) => `| ${row} |`)].join("\n"),
    "## Findings",
    found.length > 0 ? found.join("\n") : "None.",
    "## Checklists",
    ...[auditTakeaways(run), auditRecipe(run), auditModernRecipe(run)].map(checklist),
    "",
  ].join("\n\n");
}

function findingLine(
  { severity, symptom, message }: Finding,
  link: (symptom: Symptom) => string,
): string {
  return `- **${severity}** [${symptom}](${link(symptom)}): ${message}`;
}

function checklist(items: readonly AuditItem[]): string {
  const lines = items.map(({ item, ok }) => `- ${ok ? "✓" : "–"} ${item}`);
  return [`### ${items[0]?.lesson ?? ""}`, "", ...lines].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
