/** The training loop: steps, epochs, and what is written of them. */

import { learningRateOf } from "../../recipe/optimizers/index.ts";
import { learningRateAt } from "../../recipe/schedules/index.ts";
import type { Recipe } from "../../recipe/schema.ts";
import type { Metrics } from "../../telemetry/events.ts";
import type { EventWriter } from "../../telemetry/files/writer.ts";
import { Batches } from "../data/batches.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Network } from "../model/network.ts";
import { columnsOf } from "../probe/columns.ts";
import type { Streams } from "../random.ts";
import { type Checkpoint, type Position, writeCheckpoint } from "./checkpoint.ts";
import type { Control } from "./control.ts";
import { DivergenceWatch } from "./divergence.ts";
import { EarlyStopping } from "./earlyStopping.ts";
import { writeEpoch, writeStart } from "./epochEvent.ts";
import { metricsOf } from "./evaluate.ts";
import type { Executor } from "./executor.ts";
import { firstStep } from "./initial.ts";
import { stepEvent } from "./stepEvent.ts";

export interface Training {
  recipe: Recipe;
  data: Dataset;
  network: Network;
  executor: Executor;
  writer: EventWriter;
  control: Control;
  streams: Streams;
  runFolder: string;
  epochs: number;
  maxSteps: number;
  /** Where an earlier run stopped. */
  resumed?: Checkpoint;
  /** Since the run began, in seconds. */
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
export function train(training: Training): Promise<Outcome> {
  return new Loop(training).run();
}

class Loop {
  readonly #training: Training;
  readonly #batches: Batches;
  readonly #columns: ReturnType<typeof columnsOf>;
  readonly #watch = new DivergenceWatch();
  readonly #earlyStopping: EarlyStopping | undefined;
  readonly #classification: boolean;
  #at: Position = {
    step: 0,
    epoch: 1,
    batch: 0,
    sum: { loss: 0, correct: 0 },
    rows: 0,
    validation: [],
  };

  constructor(training: Training) {
    const { recipe, data, executor, network } = training;
    this.#training = training;
    this.#batches = batchesOf(recipe, data);
    this.#columns = columnsOf(network);
    this.#earlyStopping = recipe.earlyStopping && new EarlyStopping(recipe.earlyStopping, executor);
    this.#classification = data.classes !== null;
  }

  async run(): Promise<Outcome> {
    const { resumed, epochs, maxSteps } = this.#training;
    if (resumed) this.#resume(resumed);
    else await writeStart(this.#training);
    // A resumed run may be at its end already.
    while (this.#at.epoch <= epochs && this.#at.step < maxSteps && !this.#earlyStopping?.enough) {
      const outcome = await this.#epoch();
      if (outcome) return outcome;
    }
    const { epoch, batch } = this.#at;
    return this.#ended("completed", batch > 0 ? epoch : epoch - 1, null);
  }

  /** One pass, or the rest of one. @returns how the training ended, if it did */
  async #epoch(): Promise<Outcome | undefined> {
    const { streams, control, writer, maxSteps } = this.#training;
    const at = this.#at;
    while (at.batch < this.#batches.count) {
      if (await control.wantsStop(() => writer.flush())) {
        return this.#ended("stopped", at.epoch, null);
      }
      // Only now: a run that is resumed here draws the order of the epoch itself.
      if (at.batch === 0) this.#batches.startEpoch(streams.of("shuffle"));
      const diverged = await this.#step();
      if (diverged) {
        await this.#endEpoch();
        return this.#ended("diverged", at.epoch, diverged);
      }
      if (at.step >= maxSteps && at.batch < this.#batches.count) {
        return this.#ended("completed", at.epoch, null);
      }
    }
    const { epoch } = at;
    const validation = await this.#endEpoch();
    const loss = validation?.["loss"] ?? Number.NaN;
    at.validation.push(loss);
    Object.assign(at, { epoch: epoch + 1, batch: 0, sum: { loss: 0, correct: 0 }, rows: 0 });
    await this.#earlyStopping?.observe(epoch, loss);
    if (this.#earlyStopping?.enough || at.step >= maxSteps) {
      return this.#ended("completed", epoch, null);
    }
    const every = this.#training.recipe.checkpoints?.every;
    if (every && epoch % every === 0) await this.#writeCheckpoint(epoch);
    return undefined;
  }

  /** One update. @returns why there is no hope any more, if so */
  async #step(): Promise<string | null> {
    const { executor, streams, writer, clock } = this.#training;
    const at = this.#at;
    const began = performance.now();
    const batch = this.#batches.get(at.batch, streams.of("augment"));
    const learningRate = this.#learningRate();
    const figures = await (at.step === 0
      ? firstStep(this.#training, batch, learningRate)
      : executor.step(batch, learningRate));
    this.#batches.observe(at.batch, figures.rowLosses);
    at.step++;
    at.batch++;
    at.sum.loss += figures.totals.loss;
    at.sum.correct += figures.totals.correct;
    at.rows += batch.rows;
    const layers = this.#columns(figures);
    const { step, epoch } = at;
    const known = { step, epoch, seconds: clock(), learningRate, layers };
    writer.write(stepEvent(known, batch.rows, figures));
    writer.flushIfDue(performance.now() - began);
    return this.#watch.check(at.step, figures.totals.loss, figures.squares);
  }

  /** Of the update that comes next. */
  #learningRate(): number {
    const { recipe, epochs } = this.#training;
    const { epoch, batch, validation } = this.#at;
    const { count } = this.#batches;
    return learningRateAt(recipe.optimizer.schedule, learningRateOf(recipe.optimizer), {
      epoch: epoch - 1 + batch / count,
      next: epoch - 1 + (batch + 1) / count,
      epochs,
      validation,
    });
  }

  /** @returns the validation metrics */
  #endEpoch(): Promise<Metrics | null> {
    const { epoch, step } = this.#at;
    const emphasized = this.#batches.emphasized();
    const train = metricsOf(this.#at.sum, this.#at.rows, this.#classification);
    return writeEpoch(this.#training, { epoch, step, train, emphasized });
  }

  /** The weights to keep, and a checkpoint to go on from unless there is nothing to go on with. */
  async #ended(status: Outcome["status"], epoch: number, error: string | null): Promise<Outcome> {
    if (status !== "diverged") await this.#writeCheckpoint(epoch);
    this.#training.executor.showReal();
    const bestEpoch = this.#earlyStopping?.restore() ?? null;
    return { status, error, epoch, step: this.#at.step, bestEpoch };
  }

  async #writeCheckpoint(epoch: number): Promise<void> {
    const { recipe, executor, streams, runFolder, network, writer, clock } = this.#training;
    const file = writeCheckpoint(runFolder, network, {
      seed: streams.seed,
      optimizer: recipe.optimizer,
      seconds: clock(),
      position: this.#at,
      streams: streams.state(),
      batches: this.#batches.state(),
      executor: await executor.state(),
      earlyStopping: this.#earlyStopping ?? null,
    });
    writer.write({ kind: "checkpoint", step: this.#at.step, epoch, file });
  }

  #resume({ position, streams, batches, executor, earlyStopping }: Checkpoint): void {
    this.#at = structuredClone(position);
    this.#training.streams.restore(streams);
    this.#batches.restore(batches);
    this.#training.executor.resume(executor);
    if (this.#earlyStopping && earlyStopping) Object.assign(this.#earlyStopping, earlyStopping);
  }
}

/** The training rows, handed out as the recipe says. */
export function batchesOf(
  { batchSize, shuffle = true, dropRemainder = false, emphasis, data: { augment } }: Recipe,
  { train, shape }: Dataset,
): Batches {
  return new Batches(train, shape, {
    size: batchSize,
    shuffle,
    dropRemainder,
    emphasis: emphasis && { power: emphasis.power ?? 1, cap: emphasis.cap ?? 10 },
    augment,
  });
}
