/** How findings and the summary are printed, and the exit status that they mean. */
import { relative } from "node:path";
import { byCause, type Explained } from "../diagnosis/consequences.ts";
import type { Finding, Severity, Summary } from "../diagnosis/finding.ts";
import { list, short } from "../diagnosis/format.ts";
import { encode } from "../telemetry/codec.ts";
import type { Metrics } from "../telemetry/events.ts";
import { EXIT } from "./errors.ts";

/** All of it, in the order in which a person should act; the summary last. */
export function printResult(findings: readonly Finding[], summary: Summary, json: boolean): void {
  if (json) {
    for (const line of [...findings, summary]) process.stdout.write(`${encode(line)}\n`);
    return;
  }
  for (const explained of byCause(findings)) process.stdout.write(`${findingText(explained)}\n`);
  process.stdout.write(`${coverageText(summary)}\n${summaryText(summary)}\n`);
}

/** @param cause of a failure, from the run's `end` event */
export function exitStatus(summary: Summary, cause: "input" | "training" | null): number {
  if (summary.status === "failed") return cause === "input" ? EXIT.input : EXIT.failed;
  if (summary.counts.error + summary.counts.warning > 0) return EXIT.findings;
  return summary.status === "diverged" ? EXIT.failed : EXIT.ok;
}

/** What and where, and the sentence: what is said as soon as a finding opens. */
export function headline(finding: Finding): string[] {
  const { anchor, severity, state, symptom, message } = finding;
  const where = anchor
    ? ` ${relative(process.cwd(), anchor.file)}:${anchor.line}:${anchor.column}`
    : "";
  const resolved = state === "resolved" ? " (resolved)" : "";
  return [`${paint(severity, severity)}${resolved} ${symptom}${where}`, `  ${message}`];
}

/** A finding as lines of text: what and where, the evidence, what it led to, what to do. */
function findingText({ finding, consequences }: Explained): string {
  const { evidence, notChecked, remedies } = finding;
  return [
    ...headline(finding),
    ...evidence.map(({ text }) => `  · ${text}`),
    ...(notChecked.length > 0 ? [`  · not recorded, so not checked: ${list(notChecked)}`] : []),
    ...consequences.map(consequenceText),
    ...remedies.map(({ title, preferred }) => `  ${preferred ? "→" : "-"} ${title}`),
  ].join("\n");
}

function consequenceText({ symptom, state, message }: Finding): string {
  return `    leads to ${symptom}${state === "resolved" ? " (resolved)" : ""}: ${message}`;
}

/** How much the silence on the other symptoms is worth. */
function coverageText({ checked, unchecked }: Summary): string {
  const missed = list(unchecked.map(({ symptom }) => symptom));
  const rest = missed && `; ${unchecked.length} could not be checked: ${missed}`;
  return `checked ${checked.length} symptoms${rest}`;
}

function summaryText(summary: Summary): string {
  const { counts, train, validation, test } = summary;
  const found = (["error", "warning", "info"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) =>
      paint(
        severity,
        `${counts[severity]} ${severity}${counts[severity] > 1 && severity !== "info" ? "s" : ""}`,
      ),
    );
  const parts = [
    `${summary.status} after ${summary.steps.toLocaleString("en")} steps${duration(summary)}`,
    train && `train ${figures(train)}`,
    validation && `validation ${figures(validation)}`,
    test && `test ${figures(test)} (${usesText(summary.testUses ?? 1)})`,
    found.length > 0 ? found.join(", ") : "no findings",
    relative(process.cwd(), summary.run) || ".",
  ];
  const error = summary.error ? `${paint("error", summary.error)}\n` : "";
  return error + parts.filter(Boolean).join(" · ");
}

/** Other tools do not always tell the time. */
function duration({ seconds }: Summary): string {
  return Number.isFinite(seconds) ? ` in ${short(seconds)} s` : "";
}

/** A test set that models are chosen by is no longer one (lesson 000). */
function usesText(uses: number): string {
  return uses === 1
    ? "its first use"
    : `looked at ${uses} times: no longer a fair measure, choose by the validation figures`;
}

function figures(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${short(value)}`)
    .join(", ");
}

const COLOURS: Record<Severity, number> = { error: 31, warning: 33, info: 36 };

function paint(severity: Severity, text: string): string {
  const plain = !process.stdout.isTTY || process.env["NO_COLOR"];
  return plain ? text : `\u001b[${COLOURS[severity]}m${text}\u001b[0m`;
}
