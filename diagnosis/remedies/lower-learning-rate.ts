/** A smaller learning rate, from the size of the updates that the present one makes. */
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Where to start: lesson 003 (S3-13). */
const USUAL_START: Record<string, number> = { sgd: 1e-2, rmsprop: 1e-3, adam: 1e-3, adamw: 1e-3 };
/** The largest healthy change of the weights a step: 1e-3 is usual, ten times that is still fine (CS231n). */
const LARGEST_UPDATE = 1e-2;
/** Lesson 000 (S0-07): without other evidence, a tenth. */
const STEP_DOWN = 10;
const LEAST_STEP_DOWN = 3;
/** Evidence from a run that blew up at once says "too large", not by how much. */
const LARGEST_STEP_DOWN = 1000;

export const lowerLearningRate: Remedy = {
  id: "lower-learning-rate",
  propose(_observation, history) {
    const now = history.run?.optimizer.learningRate ?? Number.NaN;
    if (!(now > 0)) return undefined;
    const ratio = history.earlyUpdate;
    const value = propose(now, ratio, history);
    const reason =
      ratio > LARGEST_UPDATE && ratio <= 10
        ? ` (it changes the weights by ${percent(ratio)} a step)`
        : "";
    return {
      title: `Lower the learning rate from ${short(now)} to ${short(value)}${reason}`,
      value,
      layers: [],
    };
  },
};

function propose(now: number, ratio: number, history: History): number {
  const factor = ratio > LARGEST_UPDATE ? ratio / LARGEST_UPDATE : STEP_DOWN;
  const byUpdates = now / Math.min(factor, LARGEST_STEP_DOWN);
  const usual = USUAL_START[history.run?.optimizer.name ?? ""] ?? 0;
  const floor = now > usual ? usual : 0;
  return roundDown(Math.min(now / LEAST_STEP_DOWN, Math.max(byUpdates, floor)));
}

/** To 1, 2 or 5 times a power of ten, as people write learning rates. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const digit = [5, 2, 1].find((d) => d * power <= value * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(1));
}
