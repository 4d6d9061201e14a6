/** What follows the loop: the kept weights are written and judged. */
import type { EndEvent } from "../../telemetry/events.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { divergedSentence } from "./divergence.ts";
import { evaluate } from "./evaluate.ts";
import type { Outcome, Training } from "./train.ts";

/**
 * Writes the checkpoint with its event, then the `end` event with metrics of the kept weights. This is the only place
 * that looks at the test rows, once a run.
 * @throws {RunFolderError}
 */
export async function finish(
  training: Training,
  outcome: Outcome,
  runFolder: string,
): Promise<EndEvent> {
  const { network, data, writer, control, clock } = training;
  const { step, epoch, bestEpoch } = outcome;
  const file = writeCheckpoint(runFolder, network, {
    format: "training-vitals",
    epoch: String(bestEpoch ?? epoch),
    step: String(step),
    seed: String(training.seed),
  });
  writer.write({ kind: "checkpoint", step, epoch: bestEpoch ?? epoch, file });

  const classification = data.classes !== null;
  const measure = (part: "train" | "validation" | "test") =>
    evaluate(network, data[part], classification, control.breathe);
  const train = await measure("train");
  const validation = await measure("validation");
  const test = await measure("test");
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
    test,
  };
  writer.write(end);
  return end;
}
