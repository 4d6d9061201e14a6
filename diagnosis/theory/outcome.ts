/**
 * A risk seen before the first update, judged by what comes of it: AUTOTRAINER has few false alarms because it reports
 * gradient trouble only where the outcome is bad too.
 */
import type { InitialEvent } from "../../telemetry/events.ts";
import type { Judge, Observation, Thresholds } from "../detector.ts";
import type { Severity } from "../finding.ts";
import type { History } from "../history.ts";

/** To be spread into a detector's thresholds. */
export const OUTCOME = {
  unlearned: {
    value: 0.9,
    what: "what is left to learn, as a share of what knowing nothing leaves, above which nothing was learned",
    source: "CS231n: the loss of chance is the test of learning; a tenth below it is learning",
  },
  wait: {
    value: 0.3,
    what: "share of the planned steps after which nothing learned is a failure",
    source: "Ours: plateaus of a tenth of the run break by themselves in healthy programs",
  },
} as const satisfies Thresholds;

export type OutcomeLimits = { readonly [K in keyof typeof OUTCOME]: number };

/** What is left to learn, below which a risk did no harm. */
const LEARNED = 0.25;
/** Where the plan is not known: blocks of losses, of which there are 128 at most. */
const BLOCKS = 64;

/** Whether the run had its time and learned nothing. */
export function failed(history: History, { unlearned, wait }: OutcomeLimits): boolean {
  const { share, trend } = history;
  const late = Number.isNaN(share) ? trend.blocks.length >= BLOCKS : share >= wait;
  return late && history.unlearned > unlearned;
}

/** One step worse where the run failed; no more than a note where it learned all the same. */
export function byOutcome(risk: Severity, history: History, limits: OutcomeLimits): Severity {
  if (failed(history, limits)) return risk === "info" ? "warning" : "error";
  return history.unlearned < LEARNED ? "info" : risk;
}

/** Listens to `initial`, `window`, `epoch` and `end`: looks once, then follows the outcome. */
export function judgeRisk(
  look: (initial: InitialEvent, history: History) => Observation | undefined,
  limits: OutcomeLimits,
): Judge {
  let risk: Observation | undefined;
  let last: Severity | undefined;
  return (occasion, history) => {
    if (occasion.kind === "initial") {
      risk = look(occasion, history);
      last = risk?.severity;
      return risk;
    }
    if (!risk) return undefined;
    const severity = byOutcome(risk.severity, history, limits);
    if (severity === last) return undefined;
    last = severity;
    return { ...risk, severity, lastStep: history.lastStep?.step ?? risk.lastStep };
  };
}
