/** A smaller learning rate, from the size of the updates that the present one makes. */
import { percent, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Proposal, Remedy } from "../remedy.ts";
import { LARGEST_UPDATE, mayStay, roundDown, usualStart } from "./rates.ts";

/** Lesson 000 (S0-07): without other evidence, a tenth. */
const STEP_DOWN = 10;
const LEAST_STEP_DOWN = 3;
/** Evidence from a run that blew up at once says "too large", not by how much. */
const LARGEST_STEP_DOWN = 1000;
/** Times the rate that the run began with: something raised it on the way. */
const RAISED = 1.5;

export const lowerLearningRate: Remedy = {
  id: "lower-learning-rate",
  propose(observation, history) {
    const now = history.run?.optimizer.learningRate ?? Number.NaN;
    if (!(now > 0)) return undefined;
    if (mayStay(observation, history, (rate, { most }) => rate > most)) return undefined;
    const raised = history.lastStep?.learningRate ?? now;
    if (raised >= RAISED * now) return keep(now, raised);
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

/** A script raised the rate while it trained: what it began with is not to blame. */
function keep(now: number, raised: number): Proposal {
  return {
    title: `Keep the learning rate at ${short(now)}: the script raises it to ${short(raised)}`,
    value: now,
    layers: [],
  };
}

function propose(now: number, ratio: number, history: History): number {
  const factor = ratio > LARGEST_UPDATE ? ratio / LARGEST_UPDATE : STEP_DOWN;
  const byUpdates = now / Math.min(factor, LARGEST_STEP_DOWN);
  const usual = usualStart(history);
  const floor = now > usual ? usual : 0;
  return roundDown(Math.min(now / LEAST_STEP_DOWN, Math.max(byUpdates, floor)));
}
