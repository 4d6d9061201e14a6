/** More epochs, as many as the training loss needs to level off at the pace that it has. */
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";
import { stillFalling } from "../theory/progress.ts";
import { roundUp } from "./rates.ts";

/** Lesson 003 (S3-03): more than 1 % of what there is to learn. */
const FALLING = 0.01;

/** What is left to fall shrinks to 5 % in three time constants of its exponential. */
const TIME_CONSTANTS = 3;
const LEAST_FACTOR = 2;
const LARGEST_FACTOR = 10;

export const moreEpochs: Remedy = {
  id: "more-epochs",
  propose(observation, history) {
    const now = history.run?.epochs ?? 0;
    if (now <= 0) return undefined;
    // Something else ended it.
    if (history.end && history.end.epoch < now) return undefined;
    if (!stillFalling(history, FALLING)) return undefined;
    const needed = TIME_CONSTANTS * timeConstant(history);
    if (needed <= now) return undefined;
    const value = roundUp(
      Math.min(LARGEST_FACTOR * now, Math.max(LEAST_FACTOR * now, needed || 0)),
    );
    return {
      title: `Train for ${value} epochs instead of ${now}: the loss is still falling`,
      value,
      layers: [],
      pointedAt: observation.layers.length === 0,
    };
  },
};

/**
 * Epochs in which the excess of the training loss falls to 1/e of itself. Three equally spaced points of
 * a + b · exp(−epoch / τ) give τ = distance / ln((L₁ − L₂) / (L₂ − L₃)).
 * @returns NaN where the loss does not fall in this way
 */
function timeConstant({ epochs }: History): number {
  const losses = epochs.map(({ train }) => train["loss"] ?? Number.NaN);
  const distance = Math.floor((losses.length - 1) / 2);
  const [first, middle, last] = [2, 1, 0].map(
    (back) => losses[losses.length - 1 - back * distance] ?? Number.NaN,
  );
  if (first === undefined || middle === undefined || last === undefined) return Number.NaN;
  const slower = (first - middle) / (middle - last);
  return distance > 0 && slower > 1 ? distance / Math.log(slower) : Number.NaN;
}
