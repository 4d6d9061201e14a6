/** A larger learning rate: the optimizer's usual start, or a few times the present one. */
import { short } from "../format.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";
import { LARGEST_UPDATE, mayStay, roundDown, roundUp, USUAL_UPDATE, usualStart } from "./rates.ts";

/** Lesson 000 (S0-08): 3 to 10 times. */
const LEAST_STEP_UP = 3;
const LARGEST_STEP_UP = 10;
/** Below this share of the set rate it is the schedule that makes the rate small. */
const LOWERED_BY_SCHEDULE = 0.1;

export const raiseLearningRate: Remedy = {
  id: "raise-learning-rate",
  propose(observation, history) {
    const now = history.run?.optimizer.learningRate ?? Number.NaN;
    if (!(now > 0)) return undefined;
    if (mayStay(observation, history, (rate, { least }) => rate < least)) return undefined;
    const value = propose(now, history);
    if (value === undefined) return undefined;
    const ratio = history.earlyUpdate;
    const reason =
      ratio < USUAL_UPDATE ? ` (updates change the weights by ${short(ratio * 100)} % a step)` : "";
    return {
      title: `Raise the learning rate from ${short(now)} to ${short(value)}${reason}`,
      value,
      layers: [],
    };
  },
};

function propose(now: number, history: History): number | undefined {
  const ratio = history.earlyUpdate;
  const usual = usualStart(history);
  const most = ratio > 0 ? (now * LARGEST_UPDATE) / ratio : Number.POSITIVE_INFINITY;
  if (most < now * LEAST_STEP_UP) return undefined;
  if (now * LEAST_STEP_UP <= usual) return most < usual ? roundDown(most) : usual;
  if ((history.lastStep?.learningRate ?? now) < now * LOWERED_BY_SCHEDULE) return undefined;
  const byUpdates = ratio > 0 ? USUAL_UPDATE / ratio : LARGEST_STEP_UP;
  const factor = Math.min(LARGEST_STEP_UP, Math.max(LEAST_STEP_UP, byUpdates));
  const value = roundUp(now * factor);
  return value <= most ? value : roundDown(most);
}
