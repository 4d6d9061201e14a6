/** Some classes are rare; a trouble only where the network ignores them. */
import type { DataEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";

/** Share of the rare classes' examples that must be right for the network to know them at all. */
const KNOWN = 0.1;
/** Loss over that of a constant prediction: above, next to nothing was learned. */
const NOTHING_LEARNED = 0.9;
/** Before this share of the planned steps, a network may not have come to the rare classes yet. */
const LATE = 0.5;

interface Counts {
  least: { label: string; count: number };
  most: { label: string; count: number };
  ratio: number;
}

export const classImbalance = defineDetector({
  symptom: "class-imbalance",
  lesson: "Lesson 001, barely better than random; SageMaker Debugger, ClassImbalance",
  needs: ["data.labels"],
  wants: ["epoch.train.accuracy"],
  starts: "before the first update; a warning from half of the training on, after three epochs",
  thresholds: {
    ratio: {
      value: 10,
      what: "examples of the most frequent class to those of the rarest",
      source: "SageMaker Debugger, ClassImbalance",
    },
    patience: {
      value: 3,
      what: "successive epochs in which the rare classes are ignored",
      source: "Ours: one epoch is noise",
    },
  },
  // More examples of a class, or weights for them, are no edit of a setting.
  remedies: [],
  on: ["data", "epoch"],
  create(limits) {
    let streak = 0;
    return (event, history) => {
      if (event.kind !== "data" && event.kind !== "epoch") return undefined;
      const counts = countsOf(history);
      if (!counts || !(counts.ratio > limits.ratio)) return undefined;
      if (event.kind === "epoch" && event.epoch > 0) streak = ignoresRare(history) ? streak + 1 : 0;
      return observe(counts, history, limits.ratio, streak >= limits.patience);
    };
  },
});

function countsOf({ data, run }: History): Counts | undefined {
  const labels = pairsOf(data, run?.examples.train ?? 0);
  const [first] = labels;
  if (!first || labels.length < 2) return undefined;
  const least = labels.reduce((a, b) => (b.count < a.count ? b : a), first);
  const most = labels.reduce((a, b) => (b.count > a.count ? b : a), first);
  return { least, most, ratio: most.count / least.count };
}

/** The counts of the classes; of labels that go together, the rarest of all with the rows without it. */
function pairsOf(data: DataEvent | undefined, rows: number): DataEvent["labels"] {
  const labels = data?.labels ?? [];
  if (data?.targets?.kind !== "labels") return labels;
  const [first] = labels;
  if (!first || rows === 0) return [];
  const rare = labels.reduce((a, b) => (b.count < a.count ? b : a), first);
  return [rare, { label: `no ${rare.label}`, count: rows - rare.count }];
}

function ignoresRare(history: History): boolean {
  const accuracy = history.epochs.at(-1)?.train["accuracy"] ?? Number.NaN;
  const { accuracy: constant } = history.chance;
  const named = accuracy <= constant + KNOWN * (1 - constant);
  return named && history.unlearned >= NOTHING_LEARNED && !(history.share < LATE);
}

function observe(
  { least, most, ratio }: Counts,
  { run, epochs }: History,
  threshold: number,
  ignored: boolean,
): Observation {
  const text =
    least.count === 0
      ? `no example is ${least.label}`
      : `${most.count} examples are ${most.label}, ${least.count} ${least.label}: ${short(ratio)} to 1`;
  const accuracy = epochs.at(-1)?.train["accuracy"] ?? Number.NaN;
  const outcome = ignored
    ? `; the accuracy of ${percent(accuracy)} is that of always naming the most frequent class`
    : "";
  return {
    ...fromTheStart({
      severity: ignored ? "warning" : "info",
      message: `The classes are not balanced: ${text}${outcome}.`,
      evidence: [figure("data.labels", ratio, threshold, text)],
      anchor: run?.anchors.data ?? null,
    }),
    lastStep: ignored ? (epochs.at(-1)?.step ?? 0) : 0,
  };
}
