/** What is measured and written at the end of an epoch, or before the first. */
import type { EpochEvent, Metrics } from "../../telemetry/events.ts";
import { rounded } from "../probe/columns.ts";
import { identicalColumn } from "../probe/networkUnits.ts";
import { scalar } from "../probe/rounding.ts";
import { evaluate } from "./evaluate.ts";
import type { Training } from "./train.ts";

interface Known extends Pick<EpochEvent, "epoch" | "step" | "train"> {
  emphasized?: EpochEvent["emphasized"] | undefined;
}

/** @returns the validation metrics */
export async function writeEpoch(
  { data, executor, network, writer, control, clock }: Training,
  { epoch, step, train, emphasized }: Known,
): Promise<Metrics | null> {
  const silent = (await executor.endEpoch()).map(rounded);
  executor.showReal();
  const validation = await evaluate(
    executor,
    data.validation,
    data.classes !== null,
    control.breathe,
  );
  executor.showTraining();
  writer.write({
    kind: "epoch",
    epoch,
    step,
    seconds: scalar(clock()),
    train,
    validation,
    silent,
    identicalUnits: identicalColumn(network, await executor.snapshot()),
    ...(emphasized && { emphasized }),
  });
  return validation;
}

/** The same before the first update: epoch 0. */
export async function writeStart(
  training: Training,
): Promise<Pick<EpochEvent, "train" | "validation">> {
  const { data, executor, control } = training;
  const train = await evaluate(executor, data.train, data.classes !== null, control.breathe, true);
  return {
    train: train!,
    validation: await writeEpoch(training, { epoch: 0, step: 0, train: train! }),
  };
}
