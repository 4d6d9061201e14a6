/** One finding: what, how bad, on what evidence, where in the source, and what helps. */
import type { Finding } from "../../diagnosis/finding.ts";
import { button } from "../controls/button.ts";
import { icon } from "../controls/icon.ts";
import { link } from "../controls/link.ts";
import { make } from "../dom.ts";
import { count } from "../format.ts";

/** Pieces of evidence that are seen at once: one a layer may be many. */
const FEW = 3;

/** What can be done about a finding. */
export interface FindingEvents {
  /** Shows it in the charts, or no longer. */
  choose(): void;
  reveal(): void;
  fix(remedy: string): void;
}

/** The finding's element; `shown` is whether the charts show it. */
export function findingItem(finding: Finding, shown: boolean, events: FindingEvents): HTMLElement {
  const { state, severity } = finding;
  const message = make("button", "message", finding.message);
  message.type = "button";
  message.title = shown ? "Show the whole run again" : "Show in the charts";
  message.setAttribute("aria-pressed", String(shown));
  message.addEventListener("click", (event) => {
    event.stopPropagation();
    events.choose();
  });
  const resolved = state === "resolved";
  const sign = resolved ? icon("resolved", "resolved") : icon(severity, severity);
  const body = make("div", "body", message, facts(finding, events));
  if (!resolved) body.append(...evidence(finding), ...remedies(finding, events));
  const item = make("li", "finding", sign, body);
  item.classList.toggle("shown", shown);
  item.dataset["symptom"] = finding.symptom;
  item.dataset["severity"] = severity;
  item.dataset["state"] = state;
  item.addEventListener("click", () => {
    // Selecting a piece of text is not a click.
    if (getSelection()?.isCollapsed !== false) events.choose();
  });
  return item;
}

function facts(finding: Finding, events: FindingEvents): HTMLElement {
  const { symptom, layers, firstStep, lastStep, anchor, state } = finding;
  const line = make("p", "facts", make("code", "symptom", symptom));
  const add = (part: Node | string) => line.append(make("span", "fact", part));
  if (layers.length > 0) add(layers.join(", "));
  const last = state === "resolved" || lastStep === firstStep;
  const steps = `${count(firstStep)}${last && lastStep > firstStep ? ` to ${count(lastStep)}` : ""}`;
  add(state === "resolved" ? `resolved; was at step ${steps}` : `since step ${steps}`);
  if (anchor) {
    const name = anchor.file.split(/[/\\]/).at(-1) ?? anchor.file;
    add(link(`${name}:${anchor.line}`, events.reveal, `Open ${anchor.file}`));
  }
  return line;
}

function evidence({ evidence: pieces, lesson }: Finding): HTMLElement[] {
  if (pieces.length === 0) return [];
  const list = (shown: typeof pieces) =>
    make("ul", "evidence", ...shown.map(({ text }) => make("li", "", text)));
  const first = list(pieces.slice(0, FEW));
  if (lesson) first.title = lesson;
  const others = pieces.slice(FEW);
  if (others.length === 0) return [first];
  const more = make("details", "fold", make("summary", "", `${others.length} more`), list(others));
  // It lies inside the finding, and a click in it is none on the finding.
  more.addEventListener("click", (event) => event.stopPropagation());
  return [first, more];
}

function remedies({ remedies: offers }: Finding, events: FindingEvents): HTMLElement[] {
  if (offers.length === 0) return [];
  const preferredFirst = [...offers].sort((a, b) => Number(b.preferred) - Number(a.preferred));
  const buttons = preferredFirst.map(({ id, title, preferred }) =>
    button(title, () => events.fix(id), { kind: preferred ? "primary" : "secondary" }),
  );
  return [make("div", "remedies", ...buttons)];
}
