/** The tables: the measures, and what was said case by case. */
import { middle, share, table, tally } from "./figures.ts";
import type { Recording } from "./recording.ts";
import {
  causePlace,
  counting,
  falseAlarms,
  isDetected,
  type Judged,
  latencyOf,
  scoreOf,
} from "./score.ts";

const GOALS = {
  recall: "at least 98 %",
  alarms: "at most 1 %",
  first: "at least 80 %",
  firstThree: "at least 95 %",
};

export interface Outcomes {
  /** Runs that were to train well and did, or were to fail and did; undefined: it printed no score. */
  well: ReadonlyMap<Recording, boolean | undefined>;
}

/** The measures of the zoo's README, one a row. */
export function measures(runs: readonly Judged[]): string {
  const of = (set: string) => runs.filter(({ recording }) => recording.zooCase.set === set);
  const zoo = scoreOf([...of("faulty"), ...of("healthy")]);
  const hard = scoreOf(of("hard"));
  return table(
    ["measure", "result", "goal"],
    [
      ["recall", share(zoo.detected, zoo.faulty), GOALS.recall],
      ["false alarms, healthy twins", share(zoo.alarmed, zoo.healthy), GOALS.alarms],
      ["false alarms, healthy but hard", share(hard.alarmed, hard.healthy), GOALS.alarms],
      ["cause first", share(zoo.first, zoo.withCause), GOALS.first],
      ["cause among the first three", share(zoo.firstThree, zoo.withCause), GOALS.firstThree],
      ...latencyRows(of("faulty")),
      ["time-outs", String(runs.filter(({ recording }) => recording.timedOut).length), "0"],
      ["ended without a summary", count(runs, ({ summary }) => !summary), "0"],
      ["foreign lines on stdout", String(sum(runs, ({ foreignLines }) => foreignLines)), "0"],
    ],
  );
}

function latencyRows(faulty: readonly Judged[]): string[][] {
  const goals = { static: "before step 1", "init-pass": "step 1", runtime: "5 % of the run" };
  return Object.entries(goals).map(([decidable, goal]) => {
    const found = faulty
      .filter(({ recording }) => recording.zooCase.decidable === decidable)
      .flatMap((judged) => latencyOf(judged) ?? []);
    const early = found.filter(({ step }) => step === 0).length;
    const step = middle(found.map((latency) => latency.step));
    const part = (100 * middle(found.map((latency) => latency.share))).toFixed(1);
    return [
      `first step, decidable: ${decidable}`,
      `median ${step}, ${part} % of the run; before step 1: ${share(early, found.length)}`,
      goal,
    ];
  });
}

/** One row a faulty case: what was missed, where the cause stood, what was said. */
export function faultyTable(runs: readonly Judged[]): string {
  return table(
    [
      "case",
      "planted",
      "found",
      "cause",
      "first",
      "top 3",
      "missed seeds",
      "said (errors, warnings)",
    ],
    byCase(runs, "faulty").map((own) => {
      const { zooCase } = (own[0] as Judged).recording;
      const places = own.map((judged) => causePlace(judged) ?? -1);
      const missed = own.filter((judged) => !isDetected(judged));
      const count = (ok: number) => (zooCase.cause ? `${ok}/${own.length}` : "");
      return [
        zooCase.id,
        zooCase.about,
        `${own.length - missed.length}/${own.length}`,
        zooCase.cause ?? "none",
        count(places.filter((place) => place === 0).length),
        count(places.filter((place) => place >= 0 && place < 3).length),
        missed.map(({ recording }) => recording.seed).join(" "),
        said(own),
      ];
    }),
  );
}

/** One row a healthy case that was not left in peace, and a sentence on the others. */
export function alarmTable(runs: readonly Judged[], set: "healthy" | "hard"): string {
  const cases = byCase(runs, set);
  const alarmed = cases.filter((own) => own.some((judged) => falseAlarms(judged).length > 0));
  const quiet = `${cases.length - alarmed.length} of ${cases.length} cases were left in peace on every seed.`;
  if (alarmed.length === 0) return quiet;
  const rows = alarmed.map((own) => [
    own[0]?.recording.zooCase.id ?? "",
    own[0]?.recording.zooCase.about ?? "",
    own
      .filter((judged) => falseAlarms(judged).length > 0)
      .map(({ recording }) => recording.seed)
      .join(" "),
    tally(own.flatMap(falseAlarms)),
  ]);
  return `${quiet}\n\n${table(["case", "about", "alarmed seeds", "said"], rows)}`;
}

/** Runs that came out otherwise than the case says: a healthy one that trained badly, a faulty one that trained well. */
export function outcomeTable(runs: readonly Judged[], well: Outcomes["well"]): string {
  const odd = (["faulty", "healthy", "hard"] as const).flatMap((set) =>
    byCase(runs, set).flatMap((own) => {
      const expected = set !== "faulty";
      const seeds = own
        .filter(({ recording }) => (well.get(recording) ?? false) !== expected)
        .map(({ recording }) => recording.seed);
      return seeds.length > 0
        ? [[own[0]?.recording.zooCase.id ?? "", set, `${seeds.length}/${own.length}`]]
        : [];
    }),
  );
  if (odd.length === 0) return "Every run came out as its case says.";
  return table(["case", "set", "runs that came out otherwise"], odd);
}

/** All that was said of one case's runs. */
export function details(runs: readonly Judged[]): string {
  return runs
    .map(({ recording, findings }) => {
      const { zooCase, seed, summary } = recording;
      const ok = zooCase.set === "faulty" ? isDetected({ recording, findings }) : true;
      const head = `${zooCase.id} seed ${seed}: ${summary?.status ?? "no summary"}, ${summary?.steps ?? 0} steps, train ${JSON.stringify(summary?.train)}, validation ${JSON.stringify(summary?.validation)}${ok ? "" : "  MISSED"}`;
      const lines = findings.map(
        ({ severity, state, symptom, firstStep, detectedStep, message, evidence }) =>
          [
            `  ${severity}${state === "resolved" ? " (resolved)" : ""} ${symptom} since ${firstStep}, said at ${detectedStep}: ${message}`,
            ...evidence.map(({ text }) => `      ${text}`),
          ].join("\n"),
      );
      return [head, ...lines].join("\n");
    })
    .join("\n\n");
}

function byCase(runs: readonly Judged[], set: string): Judged[][] {
  const cases = new Map<string, Judged[]>();
  for (const judged of runs) {
    const { zooCase } = judged.recording;
    if (zooCase.set === set) cases.set(zooCase.id, [...(cases.get(zooCase.id) ?? []), judged]);
  }
  return [...cases.values()];
}

const said = (runs: readonly Judged[]) =>
  tally(runs.flatMap(({ findings }) => counting(findings).map(({ symptom }) => symptom)));

const count = (runs: readonly Judged[], is: (recording: Recording) => boolean) =>
  String(runs.filter(({ recording }) => is(recording)).length);

const sum = (runs: readonly Judged[], of: (recording: Recording) => number) =>
  runs.reduce((total, { recording }) => total + of(recording), 0);
