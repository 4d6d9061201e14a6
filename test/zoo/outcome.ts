/** Whether a run trained well, by what the program itself printed at its end. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE } from "../../telemetry/files/folder.ts";
import { targetVariance } from "./program.ts";
import type { Recording } from "./recording.ts";

/** @returns undefined where the program ended without a score */
export async function trainedWell(recording: Recording): Promise<boolean | undefined> {
  const { zooCase, seed } = recording;
  const { metric, healthyFrom = 0, healthyBelow = 1 } = zooCase.healthyCriterion;
  const score = zooCase.recipe
    ? recording.summary?.train?.[metric === "mse" ? "loss" : metric]
    : printedScore(recording.run, metric);
  if (score === undefined) return undefined;
  if (metric === "accuracy") return score >= healthyFrom;
  return score < healthyBelow * (await targetVariance(zooCase, seed));
}

/** From the line `train: loss 0.38, accuracy 0.84`. */
function printedScore(run: string, metric: string): number | undefined {
  const log = join(run, LOG_FILE);
  if (!existsSync(log)) return undefined;
  const [, score] =
    readFileSync(log, "utf8").match(new RegExp(`^train: .*\\b${metric} (\\S+)`, "m")) ?? [];
  return score === undefined ? undefined : Number(score);
}
