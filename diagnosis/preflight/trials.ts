/** What the two short trainings of the preflight say. */
import { percent, short } from "../format.ts";
import type { BatchByHeart, Measured, Preflight } from "../preflight.ts";
import type { RangeTest } from "../rangeTest.ts";

/** Lesson 003 (S3-22): above this share of its start after 200 steps, something is broken. */
const LEARNT = 0.05;
/** A learning rate further from the suggestion than this is worth a look: lesson 003 searches by factors of ten. */
const FAR = 10;

export function trialChecks({
  run,
  batch,
  range,
}: Pick<Preflight, "run" | "batch" | "range">): Measured[] {
  return [byHeart(batch), learningRate(run.optimizer.learningRate, range)];
}

function byHeart({ rows, steps, first, last }: BatchByHeart): Measured {
  const learnt = last < LEARNT * first;
  const fall = `the loss of ${rows} examples goes from ${short(first)} to ${short(last)} (${percent(last / first)}) in ${steps} steps`;
  return {
    name: "one batch by heart",
    text: learnt
      ? `Learned: ${fall}.`
      : `Not learned: ${fall}; below ${percent(LEARNT)} is expected of a network that works.`,
    verdict: learnt ? "ok" : "wrong",
    about: [],
  };
}

function learningRate(rate: number, { suggestion, diverges, reason }: RangeTest): Measured {
  const far = suggestion !== null && (rate > FAR * suggestion || rate < suggestion / FAR);
  const unstable = diverges !== null && rate >= diverges;
  const suggested = suggestion === null ? "" : `, ${short(suggestion)} is suggested`;
  return {
    name: "learning rate",
    text: `The recipe's is ${short(rate)}${suggested}. ${reason}`,
    verdict: unstable ? "wrong" : far ? "look" : "ok",
    about: ["learning-rate-too-high", "learning-rate-too-low"],
  };
}
