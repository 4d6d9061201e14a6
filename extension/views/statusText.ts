/** What the status bar says of a run. Pure. */
import { short } from "../../diagnosis/format.ts";
import { nameOf, type RunLook, worstOf } from "../look.ts";
import { count, headline } from "../numbers.ts";

export interface StatusText {
  text: string;
  tooltip: string;
  /** The same without icons, for those who hear it. */
  spoken: string;
  /** Whether it deserves the warning background. */
  alarming: boolean;
}

/** Progress while it runs, the result after it. */
export function statusText(look: RunLook): StatusText {
  const finding = worstOf(look);
  const { icon, words } = stateOf(look);
  const text = [`${icon} ${words}`];
  if (finding) text.push(`$(${finding.severity}) ${finding.symptom}`);
  return {
    text: text.join("  "),
    tooltip: [`Vitals: ${nameOf(look)}`, finding?.message ?? look.error, "Click for the dashboard."]
      .filter(Boolean)
      .join("\n\n"),
    spoken: [`Training ${nameOf(look)}: ${words}`, finding?.message].filter(Boolean).join(". "),
    alarming: finding?.severity === "error",
  };
}

function stateOf(look: RunLook): { icon: string; words: string } {
  const { step, end, epoch } = look;
  const at = step ? `step ${count(step.step)} · loss ${short(step.loss)}` : "starting";
  const result = headline(end?.validation ?? epoch?.validation);
  switch (look.status) {
    case "running":
      return { icon: "$(sync~spin)", words: at };
    case "paused":
      return { icon: "$(debug-pause)", words: `paused · ${at}` };
    case "completed":
      return { icon: "$(check)", words: [nameOf(look), result].filter(Boolean).join(" · ") };
    case "stopped":
      return { icon: "$(debug-stop)", words: ["stopped", result].filter(Boolean).join(" · ") };
    case "diverged":
      return { icon: "$(error)", words: `diverged at step ${count(end?.step ?? 0)}` };
    case "failed":
      return { icon: "$(error)", words: `${nameOf(look)} failed` };
  }
}
