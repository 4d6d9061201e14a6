/** What several runs of one recipe come to: a k-fold cross-validation, or the same with other seeds. */
import type { Summary } from "../diagnosis/finding.ts";
import { foldScore } from "../recipe/data/folds.ts";
import { encode } from "../telemetry/codec.ts";

/** Of each validation metric the mean over the runs ± its standard deviation. */
export function printScores(
  summaries: readonly Summary[],
  over: "folds" | "seeds",
  json: boolean,
): void {
  for (const metric of Object.keys(summaries[0]?.validation ?? {})) {
    const scores = summaries.map(({ validation }) => validation?.[metric] ?? Number.NaN);
    const score = foldScore(scores);
    const line = json
      ? encode({ kind: over, metric, scores, score })
      : `${metric} ${score} over ${scores.length} ${over}`;
    process.stdout.write(`${line}\n`);
  }
}
