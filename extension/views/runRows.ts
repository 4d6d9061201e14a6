/** What the lines of the Vitals tree say. Pure. */
import type { Finding, RemedyOffer } from "../../diagnosis/finding.ts";
import { nameOf, type RunLook, startedOf, stepOf, worstOf } from "../look.ts";
import { count, headline } from "../numbers.ts";

/** A line of the tree. */
export interface Row {
  label: string;
  description: string;
  tooltip: string;
  icon: string;
  /** Id of the icon's theme colour. */
  color?: string;
}

const STATUS_ICONS: Record<RunLook["status"], Pick<Row, "icon" | "color">> = {
  running: { icon: "sync~spin" },
  paused: { icon: "debug-pause" },
  completed: { icon: "pass", color: "testing.iconPassed" },
  stopped: { icon: "debug-stop" },
  failed: { icon: "error", color: "testing.iconFailed" },
  diverged: { icon: "error", color: "testing.iconFailed" },
};

/** A run: how far it has come and how well it does. */
export function runRow(look: RunLook): Row {
  const { status, run, epoch, end } = look;
  const ended = { running: "", completed: "" } as Partial<Record<typeof status, string>>;
  const description = [
    ended[status] ?? status,
    shorten(headline(end?.validation ?? epoch?.validation)),
    look.step ? `step ${count(stepOf(look))}` : "",
    epoch ? `epoch ${epoch.epoch}` : "",
  ];
  const started = startedOf(look);
  const tooltip = [
    `${nameOf(look)}: ${status}`,
    look.error,
    run?.file,
    run && `${run.backend}, ${run.optimizer.name}, batch size ${run.batchSize}, seed ${run.seed}`,
    started && `Started ${new Date(started).toLocaleString()}`,
  ];
  return {
    label: nameOf(look),
    description: description.filter(Boolean).join(" · "),
    tooltip: tooltip.filter(Boolean).join("\n"),
    ...iconOf(look),
  };
}

/** Green is for runs with nothing to do about them. */
function iconOf(look: RunLook): Pick<Row, "icon" | "color"> {
  const icon = STATUS_ICONS[look.status];
  return look.status === "completed" && worstOf(look) ? { icon: icon.icon } : icon;
}

const SEVERITY_ICONS: Record<Finding["severity"], Pick<Row, "icon" | "color">> = {
  error: { icon: "error", color: "problemsErrorIcon.foreground" },
  warning: { icon: "warning", color: "problemsWarningIcon.foreground" },
  info: { icon: "info", color: "problemsInfoIcon.foreground" },
};

/** A finding: the symptom, and the sentence with the numbers. */
export function findingRow(finding: Finding): Row {
  const resolved = finding.state === "resolved";
  const from = finding.cause === null ? "" : `from ${finding.cause}: `;
  return {
    label: finding.symptom,
    description: `${resolved ? "resolved: " : from}${finding.message}`,
    tooltip: [finding.message, ...finding.evidence.map(({ text }) => `• ${text}`), finding.lesson]
      .filter(Boolean)
      .join("\n"),
    ...(resolved
      ? { icon: "pass", color: "disabledForeground" }
      : SEVERITY_ICONS[finding.severity]),
  };
}

/** A remedy: what a click does. */
export function remedyRow(remedy: RemedyOffer): Row {
  return {
    label: remedy.title,
    description: remedy.preferred ? "recommended" : "",
    tooltip: `${remedy.title}: click to change the recipe.`,
    icon: remedy.preferred ? "lightbulb-autofix" : "lightbulb",
  };
}

function shorten(text: string): string {
  return text.replace("accuracy", "acc");
}
