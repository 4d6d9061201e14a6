/** The training loop: steps, epochs, and what is written of them. */
import type { Recipe } from "../../recipe/schema.ts";
import type { EpochEvent } from "../../telemetry/events.ts";
import type { EventWriter } from "../../telemetry/files/writer.ts";
import { Batches } from "../data/batches.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Totals } from "../model/losses/loss.ts";
import type { Network } from "../model/network.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { Probe } from "../probe/columns.ts";
import { globalNorm } from "../probe/gradients.ts";
import { scalar } from "../probe/rounding.ts";
import { stream } from "../random.ts";
import type { Control } from "./control.ts";
import { DivergenceWatch } from "./divergence.ts";
import { EarlyStopping } from "./earlyStopping.ts";
import { evaluate, metricsOf } from "./evaluate.ts";

export interface Training {
  recipe: Recipe;
  data: Dataset;
  network: Network;
  optimizer: Optimizer;
  writer: EventWriter;
  control: Control;
  seed: number;
  epochs: number;
  maxSteps: number;
  /** Seconds since the run began. */
  clock(): number;
}

/** How the loop ended; the network then holds the weights to keep. */
export interface Outcome {
  status: "completed" | "stopped" | "diverged";
  error: string | null;
  step: number;
  epoch: number;
  bestEpoch: number | null;
}

/**
 * Trains until the epochs are done, early stopping or the user ends it, or the numbers are lost. Writes a step event
 * for each update, and an epoch event before the first update and after each whole pass (or the one that diverged).
 */
export async function train(training: Training): Promise<Outcome> {
  const { recipe, data, network, optimizer, writer, control, clock } = training;
  const probe = new Probe(network.layers);
  const batches = new Batches(data.train, data.features.length, recipe.batchSize);
  const order = stream(training.seed, "shuffle");
  const watch = new DivergenceWatch();
  const earlyStopping = recipe.earlyStopping && new EarlyStopping(recipe.earlyStopping, network);
  const classification = data.classes !== null;

  const writeEpoch = async (epoch: number, step: number, train: EpochEvent["train"]) => {
    const silent = probe.endEpoch();
    optimizer.showReal();
    const validation = await evaluate(network, data.validation, classification, control.breathe);
    optimizer.showTraining();
    const seconds = scalar(clock());
    writer.write({ kind: "epoch", epoch, step, seconds, train, validation, silent });
    return validation;
  };
  const ended = (status: Outcome["status"], epoch: number, step: number, error: string | null) => {
    optimizer.showReal();
    return { status, error, epoch, step, bestEpoch: earlyStopping?.restore() ?? null };
  };

  const before = await evaluate(network, data.train, classification, control.breathe, probe.see);
  await writeEpoch(0, 0, before!);

  let step = 0;
  for (let epoch = 1; epoch <= training.epochs; epoch++) {
    batches.shuffle(order);
    const sum: Totals = { loss: 0, correct: 0 };
    let rows = 0;
    for (let i = 0; i < batches.count; i++) {
      if (await control.wantsStop(() => writer.flush())) return ended("stopped", epoch, step, null);
      const began = performance.now();
      const batch = batches.get(i);
      const totals = network.gradients(batch.inputs, batch.targets, probe.see, (gradients) =>
        optimizer.step(gradients),
      );
      step++;
      sum.loss += totals.loss;
      sum.correct += totals.correct;
      rows += batch.rows;
      const { squares } = optimizer;
      writer.write({
        kind: "step",
        step,
        epoch,
        seconds: scalar(clock()),
        loss: scalar(totals.loss / batch.rows),
        learningRate: optimizer.learningRate,
        gradientNorm: scalar(globalNorm(squares, "gradient")),
        clippedNorm: scalar(globalNorm(squares, "clipped")),
        sampled: true,
        layers: probe.columns(squares),
      });
      writer.flushIfDue(performance.now() - began);
      const diverged = watch.check(step, totals.loss, squares);
      if (diverged) {
        await writeEpoch(epoch, step, metricsOf(sum, rows, classification));
        return ended("diverged", epoch, step, diverged);
      }
      if (step >= training.maxSteps && i < batches.count - 1) {
        return ended("completed", epoch, step, null);
      }
    }
    const validation = await writeEpoch(epoch, step, metricsOf(sum, rows, classification));
    const enough = earlyStopping?.observe(epoch, validation?.["loss"] ?? Number.NaN) ?? false;
    if (enough || step >= training.maxSteps) return ended("completed", epoch, step, null);
  }
  return ended("completed", training.epochs, step, null);
}
