/** The `end` event: how the script ended, and what its model had come to. */
import type { EndStatus, Metrics } from "../../telemetry/events.ts";
import { divergedSentence } from "../loop/divergence.ts";
import { evaluate } from "./metrics.ts";
import type { Recording } from "./recording.ts";
import type { Trainings } from "./trainings.ts";

interface Final {
  train: Metrics | null;
  validation: Metrics | null;
}

/**
 * In the script's last moments, when nothing can be awaited any more.
 * @param code that it ends with
 * @param error that nobody caught
 */
export function finish(
  recording: Recording,
  trainings: Trainings | null,
  code: number,
  error: Error | null,
): void {
  const { lastEpoch, name, run, stopped } = recording;
  const reported = { train: lastEpoch?.train ?? null, validation: lastEpoch?.validation ?? null };
  const end = (status: EndStatus, sentence: string | null, final: Final): void => {
    const cause = run || code !== 0 ? "training" : "input";
    recording.end(status, sentence === null ? null : { sentence, cause }, final);
  };
  if (code !== 0) {
    end("failed", error ? sentenceOf(error) : `${name} ended with status ${code}.`, reported);
    return;
  }
  if (!run) {
    const sentence = `${name} trained nothing that can be observed: it never called fit, fitDataset or trainOnBatch of a TensorFlow.js layers model.`;
    end("failed", sentence, reported);
    return;
  }
  const final = finalMetrics(recording, trainings, reported);
  const loss = final.train?.["loss"] ?? 0;
  const lost =
    recording.diverged ?? (Number.isFinite(loss) ? null : divergedSentence(loss, recording.step));
  if (lost !== null) end("diverged", lost, final);
  else end(stopped ? "stopped" : "completed", null, final);
}

/** With the last weights, where the script has left the model and the examples alone. */
function finalMetrics(recording: Recording, trainings: Trainings | null, reported: Final): Final {
  if (!trainings?.model || !trainings.data) return reported;
  const { core, data, model } = trainings;
  const train = recording.quietly(() => evaluate(core, model, data.train)) ?? reported.train;
  // `fit` looks at all of them, with the weights at the end of the epoch.
  if (recording.lastEpoch?.step === recording.step) return { ...reported, train };
  const { validation } = data;
  const validated = validation && recording.quietly(() => evaluate(core, model, validation));
  return { train, validation: validated ?? reported.validation };
}

function sentenceOf({ name, message }: Error): string {
  const [first] = message.split("\n");
  return `${name}: ${first}`;
}
