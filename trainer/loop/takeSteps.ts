/** Updates for a test that keeps no weights: written as steps, without evaluations or checkpoints. */
import type { EndEvent, Metrics } from "../../telemetry/events.ts";
import type { Batch } from "../data/batches.ts";
import { columnsOf } from "../probe/columns.ts";
import { metricsOf } from "./evaluate.ts";
import { firstStep } from "./initial.ts";
import { stepEvent } from "./stepEvent.ts";
import type { Training } from "./train.ts";

interface Plan {
  steps: number;
  /** From step 1 on; `epoch` is that of the step event. */
  batch(step: number): { batch: Batch; epoch: number };
  learningRate(step: number): number;
  /** Whether the test ends after this step. @param loss mean over the batch */
  enough(loss: number, step: number): boolean;
}

/** Writes the `initial` event, the steps, and the end with the last batch's metrics. */
export async function takeSteps(training: Training, plan: Plan): Promise<void> {
  const { data, executor, network, writer, control, clock, maxSteps } = training;
  const columns = columnsOf(network);
  const steps = Math.min(plan.steps, maxSteps);
  let at = { step: 0, epoch: 0 };
  let train: Metrics | null = null;
  while (at.step < steps) {
    if (await control.wantsStop(() => writer.flush())) {
      writer.write(endOf(training, "stopped", { ...at, train }));
      return;
    }
    const began = performance.now();
    const step = at.step + 1;
    const { batch, epoch } = plan.batch(step);
    const learningRate = plan.learningRate(step);
    const figures = await (step === 1
      ? firstStep(training, batch, learningRate)
      : executor.step(batch, learningRate));
    at = { step, epoch };
    train = metricsOf(figures.totals, batch.rows, data.classes !== null);
    const known = { ...at, seconds: clock(), learningRate, layers: columns(figures) };
    writer.write(stepEvent(known, batch.rows, figures));
    writer.flushIfDue(performance.now() - began);
    if (plan.enough(figures.totals.loss / batch.rows, step)) break;
  }
  writer.write(endOf(training, "completed", { ...at, train }));
}

/** The end of a run that leaves no weights. */
export function endOf(
  { clock }: Training,
  status: "completed" | "stopped",
  known: Pick<EndEvent, "step" | "epoch" | "train"> & Partial<Pick<EndEvent, "validation">>,
): EndEvent {
  return {
    kind: "end",
    status,
    validation: null,
    ...known,
    seconds: clock(),
    error: null,
    cause: null,
    anchor: null,
    bestEpoch: null,
    test: null,
    testUses: null,
  };
}
