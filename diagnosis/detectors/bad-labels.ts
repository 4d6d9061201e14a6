/**
 * Training targets that are wrong: labels that contradict their neighbours, quantities far from all others, or a few
 * rows that hard-example sampling draws again and again.
 *
 * Validation is the control: where its labels agree with training's neighbours and training's own do not, the inputs
 * tell the classes apart and training's labels are wrong. Hard data, whose neighbours disagree in both, is none.
 */
import type { DataEvent, EpochEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import type { Evidence } from "../finding.ts";
import { list, percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { capEmphasis } from "../remedies/cap-emphasis.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { standardErrorOfDifference, varianceInflation, wrongLabelShare } from "../theory/labels.ts";
import { validationLead } from "../theory/validationAhead.ts";

/** Standard errors by which training's neighbours must agree less than validation's. */
const STANDARD_ERRORS = 3;
/** A leak makes validation's neighbours agree for another reason: as many as `data-leak` reports. */
const LEAKED = 0.01;
/** The most drawn 1 % of so many rows are at least one. */
const FEWEST_EMPHASIZED = 100;

interface Reason {
  severity: "warning" | "info";
  text: string;
  evidence: Evidence;
}

interface Limits {
  wrong: number;
  outliers: number;
  inflation: number;
  ruinous: number;
  emphasis: number;
}

export const badLabels = defineDetector({
  symptom: "bad-labels",
  lesson:
    "Lesson 004, emphasise high-error samples and its risk with outliers (S4-08); DeepCrime, changed labels (Humbatova et al. 2021)",
  needs: ["run.examples.train"],
  wants: ["data.targets", "data.neighbours", "epoch.validation.accuracy"],
  starts:
    "before the first update, from neighbours and outliers; after an epoch by emphasis, after five by accuracies",
  thresholds: {
    wrong: {
      value: 0.2,
      what: "share of wrong training labels, estimated from nearest neighbours",
      source: "Ours: networks learn well with 10 % of wrong labels (Rolnick et al. 2017)",
    },
    outliers: {
      value: 0.001,
      what: "share of targets beyond 10 robust deviations",
      source: "Ours: one in a thousand normal values is beyond 3.3, none beyond 10",
    },
    inflation: {
      value: 10,
      what: "variance of the targets, times that without outliers",
      source: "Ours: nine tenths of the squared error are the outliers' then",
    },
    ruinous: {
      value: 100,
      what: "the same, for a warning where the loss is a squared error",
      source: "Ours: heavy tails of healthy data reach 30 (log-normal with σ = 1.5)",
    },
    lead: {
      value: 0.2,
      what: "validation accuracy ahead of training accuracy, for a warning",
      source: "As for the share of wrong labels, which this is at least",
    },
    emphasis: {
      value: 0.5,
      what: "share of draws that the most drawn 1 % of the rows get",
      source: "Lesson 004 (S4-08)",
    },
  },
  // Only the user knows the right labels; what can be set is how much a few of them count.
  remedies: [capEmphasis],
  on: ["data", "epoch"],
  create(limits) {
    return (event, history) => {
      if (event.kind !== "data" && event.kind !== "epoch") return undefined;
      const { data } = history;
      const reasons = [
        ...(data ? [contradicted(data, history, limits), wild(data, history, limits)] : []),
        ...(event.kind === "epoch"
          ? [emphasized(event, history, limits), behind(event, history, limits)]
          : []),
      ].filter((reason): reason is Reason => reason !== undefined);
      return reasons.length > 0 ? observe(reasons, history) : undefined;
    };
  },
});

function contradicted(data: DataEvent, { run }: History, limits: Limits): Reason | undefined {
  const { neighbours, repeated } = data;
  const rows = run?.examples.validation ?? 0;
  if (!neighbours || neighbours.validation === null || rows === 0) return undefined;
  if ((repeated?.validation ?? 0) > LEAKED * rows) return undefined;
  const { train, validation } = neighbours;
  const sampled = Math.min(rows, neighbours.rows);
  const error = standardErrorOfDifference(train, neighbours.rows, validation, sampled);
  const wrong = wrongLabelShare(neighbours);
  if (!(wrong >= limits.wrong && validation - train >= STANDARD_ERRORS * error)) return undefined;
  const text = `about ${percent(wrong)} of the training labels are wrong: ${percent(train)} of the rows have the label of their nearest neighbour, against ${percent(validation)} in validation`;
  return {
    severity: "warning",
    text,
    evidence: figure("data.neighbours.train", wrong, limits.wrong, text),
  };
}

function wild({ targets }: DataEvent, { run }: History, limits: Limits): Reason | undefined {
  if (targets?.kind !== "number" || !(targets.outliers > limits.outliers)) return undefined;
  const inflation = varianceInflation(targets);
  if (!(inflation >= limits.inflation)) return undefined;
  const squared = /squared/i.test(run?.loss ?? "");
  const times = Number.isFinite(inflation) ? `${short(inflation)} times` : "many times";
  const text = `${percent(targets.outliers)} of the targets lie more than 10 robust deviations from the median and make their variance ${times} as large (from ${short(targets.min)} to ${short(targets.max)})`;
  return {
    severity: squared && inflation >= limits.ruinous ? "warning" : "info",
    text,
    evidence: figure("data.targets.outliers", inflation, limits.inflation, text),
  };
}

function emphasized(event: EpochEvent, { run }: History, limits: Limits): Reason | undefined {
  const { share, rows } = event.emphasized ?? { share: 0, rows: [] };
  const many = (run?.examples.train ?? 0) >= FEWEST_EMPHASIZED;
  if (!many || !(share > limits.emphasis)) return undefined;
  const text = `${rows.length} rows got ${percent(share)} of the draws of epoch ${event.epoch}, as outliers do: rows ${list(rows.map(String))}`;
  const span = { firstStep: event.step, lastStep: event.step };
  const evidence = { ...figure("emphasized", share, limits.emphasis, text), ...span };
  return { severity: "warning", text, evidence };
}

function behind(event: EpochEvent, history: History, limits: { lead: number }): Reason | undefined {
  const lead = validationLead(history);
  if (lead === undefined) return undefined;
  const text = `validation is ${Math.round(100 * lead)} points more accurate than training, epoch after epoch: training's labels are worse`;
  const span = { firstStep: event.step, lastStep: event.step };
  const evidence = { ...figure("validation.accuracy", lead, 0, text), ...span };
  // A tenth of wrong labels is learned around: the validation figures are good.
  return { severity: lead >= limits.lead ? "warning" : "info", text, evidence };
}

function observe(reasons: Reason[], { run }: History): Observation {
  const evidence = reasons.map((reason) => reason.evidence);
  return {
    ...fromTheStart({
      severity: reasons.some(({ severity }) => severity === "warning") ? "warning" : "info",
      message: `The training targets look wrong: ${reasons.map(({ text }) => text).join("; ")}.`,
      evidence,
      anchor: run?.anchors.data ?? null,
    }),
    firstStep: Math.min(...evidence.map(({ firstStep }) => firstStep)),
    lastStep: Math.max(...evidence.map(({ lastStep }) => lastStep)),
  };
}
