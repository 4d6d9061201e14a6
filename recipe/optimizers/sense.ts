/** What the schema of `optimizer` cannot say: settings that are each valid but do not fit together. */
import type { JSONPath } from "jsonc-parser";
import type { Recipe } from "../schema.ts";
import { learningRateOf } from "./index.ts";

interface Mistake {
  path: JSONPath;
  message: string;
}

type Rule = (recipe: Pick<Recipe, "optimizer" | "epochs">) => Mistake[];

const rules: Rule[] = [
  momentumSettingsNeedMomentum,
  nesterovIsClassic,
  warmupLeavesEpochs,
  scheduleFalls,
];

/** @returns every mistake with its path from the top of the recipe */
export function checkOptimizer(recipe: Parameters<Rule>[0]): Mistake[] {
  return rules.flatMap((rule) => rule(recipe));
}

const mistake = (path: string[], message: string): Mistake[] => [
  { path: ["optimizer", ...path], message },
];

function momentumSettingsNeedMomentum({ optimizer }: Parameters<Rule>[0]): Mistake[] {
  if (optimizer.type !== "sgd" || optimizer.momentum) return [];
  return (["nesterov", "momentumForm"] as const).flatMap((key) =>
    optimizer[key]
      ? mistake([key], `"${key}" does nothing without "momentum": add "momentum": 0.9.`)
      : [],
  );
}

function nesterovIsClassic({ optimizer }: Parameters<Rule>[0]): Mistake[] {
  if (optimizer.type !== "sgd" || !optimizer.nesterov || optimizer.momentumForm !== "torch")
    return [];
  return mistake(
    ["momentumForm"],
    '"nesterov" looks ahead along the classic velocity: leave "momentumForm" out.',
  );
}

function warmupLeavesEpochs({ optimizer: { schedule }, epochs }: Parameters<Rule>[0]): Mistake[] {
  if (schedule?.type !== "warmupCosine" || schedule.warmupEpochs < epochs) return [];
  return mistake(
    ["schedule", "warmupEpochs"],
    `The warm-up takes ${schedule.warmupEpochs} of ${epochs} epochs: make it shorter, 5 to 10 % are usual.`,
  );
}

function scheduleFalls({ optimizer }: Parameters<Rule>[0]): Mistake[] {
  const { schedule } = optimizer;
  const least = schedule && "minLearningRate" in schedule ? (schedule.minLearningRate ?? 0) : 0;
  const base = learningRateOf(optimizer);
  if (least < base) return [];
  return mistake(
    ["schedule", "minLearningRate"],
    `The schedule would end at ${least}, and the learning rate begins at ${base}: make "minLearningRate" smaller.`,
  );
}
