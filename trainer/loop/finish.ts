/** What follows the loop: the kept weights are written and judged. */
import { dirname, join } from "node:path";
import type { EndEvent } from "../../telemetry/events.ts";
import { runId, WEIGHTS_FILE } from "../../telemetry/files/folder.ts";
import { recordTestUse, TEST_LEDGER } from "../data/testLock.ts";
import { divergedSentence } from "./divergence.ts";
import { evaluate } from "./evaluate.ts";
import type { Outcome, Training } from "./train.ts";
import { tensorsOf, writeTensors } from "./weights.ts";

/**
 * Writes the kept weights with their event, then the `end` event with their metrics. This is the only place that looks
 * at the test rows: only where the user asked for it, and it is written down.
 * @param test whether to open the test set
 * @throws {RunFolderError}
 */
export async function finish(
  training: Training,
  outcome: Outcome,
  test: boolean,
): Promise<EndEvent> {
  const { network, executor, data, writer, control, runFolder, clock } = training;
  const { step, epoch, bestEpoch } = outcome;
  writeTensors(runFolder, WEIGHTS_FILE, tensorsOf(network, await executor.snapshot()), {
    format: "training-vitals",
    epoch: String(bestEpoch ?? epoch),
    step: String(step),
    seed: String(training.streams.seed),
  });
  writer.write({ kind: "checkpoint", step, epoch: bestEpoch ?? epoch, file: WEIGHTS_FILE });

  const measure = (part: "train" | "validation" | "test") =>
    evaluate(executor, data[part], data.classes !== null, control.breathe);
  const train = await measure("train");
  const validation = await measure("validation");
  const opens = test && data.test.rows > 0;
  const testUses = opens ? useTestSet(training) : null;
  const loss = train?.["loss"] ?? 0;
  // The very last update may be the one that broke the weights.
  const lost = outcome.status === "completed" && !Number.isFinite(loss);
  const end: EndEvent = {
    kind: "end",
    status: lost ? "diverged" : outcome.status,
    step,
    epoch,
    seconds: clock(),
    error: lost ? divergedSentence(loss, step) : outcome.error,
    cause: lost || outcome.status === "diverged" ? "training" : null,
    anchor: null,
    bestEpoch,
    train,
    validation,
    test: opens ? await measure("test") : null,
    testUses,
  };
  writer.write(end);
  return end;
}

/** Before it is looked at: a use that cannot be written down does not happen. */
function useTestSet({ data, runFolder }: Training): number {
  const ledger = join(dirname(runFolder), TEST_LEDGER);
  return recordTestUse(ledger, data.testKey, {
    run: runId(runFolder),
    when: new Date().toISOString(),
  });
}
