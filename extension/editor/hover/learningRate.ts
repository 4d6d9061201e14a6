/** The hover on the learning rate and its schedule: a curve, a sentence, the numbers that matter. */
import type { Node } from "jsonc-parser";
import { short } from "../../../diagnosis/format.ts";
import type { RangeTest } from "../../../diagnosis/rangeTest.ts";
import { curveImage } from "./curve.ts";
import type { Around } from "./hoverAt.ts";
import { figures, paragraphs } from "./markdown.ts";
import { type Plan, planOf } from "./plan.ts";
import { rangeImage } from "./rangeImage.ts";

/** Below this share of the optimizer's rate nothing is learned. */
const NOTHING = 1e-6;

const FIND = "[Find the learning rate](command:vitals.findLearningRate)";

/** @returns markdown; undefined where the learning rate or its schedule cannot be read */
export function explainLearningRate(
  root: Node,
  { dark, rangeTest, canTest = false }: Omit<Around, "lastRun">,
): string | undefined {
  const plan = planOf(root);
  if (!plan) return undefined;
  const { epochs, given } = plan;
  const open = given ? "" : ` The recipe does not say its epochs yet: ${epochs} are drawn.`;
  const marks = milestones(plan);
  return paragraphs(
    curveImage(plan, marks, dark),
    sentence(plan) + open,
    rates(plan, marks),
    ...tested(rangeTest, dark),
    canTest ? FIND : "",
  );
}

/** The picture needs two steps; the sentence tells of fewer. */
function tested(test: RangeTest | undefined, dark: boolean): string[] {
  if (!test) return [];
  const image = test.losses.length > 1 ? [rangeImage(test, dark)] : [];
  return ["**Range test**", ...image, test.reason];
}

/** The epochs at which the rate is told: the start, the end of the warm-up, the middle, the end. */
function milestones({ schedule, epochs }: Plan): number[] {
  if (!schedule || schedule.type === "constant") return [];
  const warmup = schedule.type === "warmupCosine" ? [schedule.warmupEpochs] : [];
  const all = [0, ...warmup, epochs / 2, epochs].filter((epoch) => epoch <= epochs);
  return [...new Set(all)].sort((a, b) => a - b);
}

function rates({ rate, base, epochs }: Plan, marks: readonly number[]): string {
  return figures(marks.map((epoch) => [headOf(epoch, epochs), rateText(rate(epoch), base)]));
}

function headOf(epoch: number, epochs: number): string {
  if (epoch === 0) return "start";
  return epoch === epochs ? "end" : `after ${epochsOf(epoch)}`;
}

function rateText(rate: number, base: number): string {
  return rate < base * NOTHING ? "almost 0" : short(rate);
}

function sentence({ base, schedule, epochs, rate }: Plan): string {
  const from = short(base);
  switch (schedule?.type) {
    case undefined:
    case "constant":
      return `Every update of the ${epochsOf(epochs)} is made at ${from}.`;
    case "step": {
      const falls = Math.ceil(epochs / schedule.every) - 1;
      if (falls < 1)
        return `Stays at ${from}: the first fall would come after ${epochsOf(schedule.every)}.`;
      return `Falls ${times(falls)}, from ${from} to ${short(rate(epochs))}.`;
    }
    case "exponential": {
      const half = Math.log(0.5) / Math.log(schedule.factor);
      return `Halves every ${epochsOf(half)}.`;
    }
    case "cosine":
      return "Falls slowly at first, fastest in the middle, and slowly again at the end.";
    case "warmupCosine": {
      const { warmupEpochs } = schedule;
      const left = epochs - warmupEpochs;
      if (left <= 0)
        return `The warm-up takes all of the ${epochsOf(epochs)}: nothing is left to fall in.`;
      return `Rises for ${epochsOf(warmupEpochs)}, while gradients are large and unreliable, and falls for the other ${epochsOf(left)}.`;
    }
    case "reduceOnPlateau": {
      const { patience = 10, factor = 0.1 } = schedule;
      return `Depends on the validation loss. Drawn as if it never fell again after the first epoch: times ${short(factor)} every ${epochsOf(patience)}. As long as it falls, the rate stays at ${from}.`;
    }
  }
}

function epochsOf(count: number): string {
  const amount = Number.isInteger(count) ? String(count) : short(count);
  return `${amount} ${count === 1 ? "epoch" : "epochs"}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
