/** Rows of validation or test that the network also trains on: their figures are too good then. */
import { defineDetector, type Observation } from "../detector.ts";
import { percent } from "../format.ts";
import type { History } from "../history.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";

/** Of so few rows a set may hold all that there are, as XOR does: nothing else is left to validate with. */
const EXHAUSTIVE = 64;
/** Where rows of the training set repeat at least half as often among themselves, they do so by nature. */
const BY_NATURE = 0.5;

export const dataLeak = defineDetector({
  symptom: "data-leak",
  lesson: "Lesson 000, training, validation and test split (S0-27)",
  needs: ["data.repeated"],
  starts: "before the first update, from the rows",
  thresholds: {
    share: {
      value: 0.01,
      what: "share of validation or test rows that are also training rows",
      source: "Ours: less does not move an accuracy by a point (S0-27 wants none)",
    },
  },
  // Which of the rows to take out is for the user to say.
  remedies: [],
  on: ["data"],
  create(limits) {
    return (event, history) => {
      if (event.kind !== "data" || !event.repeated) return undefined;
      const { examples } = history.run!;
      const leaks = (["validation", "test"] as const).flatMap((part) => {
        const rows = event.repeated![part];
        const share = rows / Math.max(1, examples[part]);
        return share > limits.share ? [{ part, rows, share }] : [];
      });
      return leaks.length > 0 ? observe(leaks, history, limits.share) : undefined;
    };
  },
});

interface Leak {
  part: "validation" | "test";
  rows: number;
  share: number;
}

function observe(leaks: Leak[], { run, data }: History, threshold: number): Observation {
  const rows = run!.examples.train;
  const within = (data?.repeated?.train ?? 0) / Math.max(1, rows);
  const worst = Math.max(...leaks.map(({ share }) => share));
  const natural = within >= BY_NATURE * worst;
  const exhaustive = worst === 1 && rows <= EXHAUSTIVE;
  const texts = leaks.map(
    (leak) =>
      `${leak.rows} of ${run!.examples[leak.part]} ${leak.part} rows (${percent(leak.share)}) are training rows`,
  );
  const why = natural ? `; ${percent(within)} of the training rows repeat, too` : "";
  return fromTheStart({
    severity: natural || exhaustive ? "info" : "warning",
    message: `${texts.join(", ")}${why}: their figures say nothing about new examples.`,
    evidence: leaks.map(({ part, share }, i) =>
      figure(`data.repeated.${part}`, share, threshold, texts[i] as string),
    ),
    anchor: run!.anchors.data,
  });
}
