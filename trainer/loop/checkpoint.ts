/** All that a training needs to go on later as if it had never stopped, in one file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Recipe, RecipeOptimizer } from "../../recipe/schema.ts";
import { checkpointFile, reasonOf } from "../../telemetry/files/folder.ts";
import type { BatchesState } from "../data/batches.ts";
import { InputError } from "../errors.ts";
import type { Totals } from "../model/losses/loss.ts";
import type { Network } from "../model/network.ts";
import type { Waiting } from "./earlyStopping.ts";
import type { ExecutorState, Snapshot } from "./executor.ts";
import { decodeSafetensors, type NamedTensor } from "./safetensors.ts";
import { tensorsOf, writeTensors } from "./weights.ts";

/** Where a training stands: between two updates. */
export interface Position {
  /** Updates made. */
  step: number;
  /** The pass that the next update belongs to, from 1, and its batch, from 0. */
  epoch: number;
  batch: number;
  /** Of the batches of this pass so far. */
  sum: Totals;
  rows: number;
  /** Validation loss after each pass so far. */
  validation: number[];
}

export interface Checkpoint {
  seed: number;
  optimizer: RecipeOptimizer;
  /** Since the run began. */
  seconds: number;
  position: Position;
  streams: Record<string, number[]>;
  batches: BatchesState;
  executor: ExecutorState;
  earlyStopping: { waiting: Waiting; kept: Snapshot | undefined } | null;
}

/** What of it is text; the rest are tensors. */
type Written = Pick<Checkpoint, "seed" | "optimizer" | "seconds" | "position" | "streams"> & {
  updates: number;
  waiting: Waiting | null;
};

/** The weights stand under their plain names, so that other tools read them; what else is needed has a prefix. */
const OURS = "training-vitals:";
const MEMORY = `${OURS}memory/`;
const KEPT = `${OURS}kept/`;
const ORDER = `${OURS}order`;
const ROW_LOSSES = `${OURS}rowLosses`;

/**
 * @returns the file's name inside the run folder
 * @throws {RunFolderError}
 */
export function writeCheckpoint(
  runFolder: string,
  network: Network,
  { batches, executor, earlyStopping, ...plain }: Checkpoint,
): string {
  const written: Written = {
    ...plain,
    updates: executor.updates,
    waiting: earlyStopping?.waiting ?? null,
  };
  const kept = [...(earlyStopping?.kept ?? [])].map(([name, values]) => flat(KEPT + name, values));
  const name = checkpointFile(plain.position.step);
  writeTensors(
    runFolder,
    name,
    [
      ...tensorsOf(network, executor.weights),
      ...[...executor.memory].map(([each, values]) => flat(MEMORY + each, values)),
      ...kept,
      flat(ORDER, batches.order),
      ...(batches.rowLosses ? [flat(ROW_LOSSES, batches.rowLosses)] : []),
    ],
    { format: "training-vitals", checkpoint: JSON.stringify(written, infinities) },
  );
  return name;
}

/**
 * @param runFolder of the run to go on from
 * @throws {InputError}
 */
export function readCheckpoint(runFolder: string, name: string): Checkpoint {
  const file = join(runFolder, name);
  let tensors: NamedTensor[];
  let written: Written;
  try {
    const decoded = decodeSafetensors(readFileSync(file));
    tensors = decoded.tensors;
    written = JSON.parse(decoded.metadata["checkpoint"] ?? "null", revived);
  } catch (error) {
    throw new InputError(
      `Cannot read the checkpoint ${file}: ${reasonOf(error).replace(/\.?$/, ".")}`,
    );
  }
  if (!written) throw new InputError(`${file} is no checkpoint of a training that can go on.`);
  const { updates, waiting, ...rest } = written;
  const plain = tensors.filter(({ name }) => !name.startsWith(OURS));
  const below = (prefix: string): Snapshot =>
    new Map(
      tensors
        .filter((tensor) => tensor.name.startsWith(prefix))
        .map((tensor) => [tensor.name.slice(prefix.length), tensor.values as Float32Array]),
    );
  const kept = below(KEPT);
  const one = (wanted: string) => tensors.find((tensor) => tensor.name === wanted)?.values;
  const rowLosses = one(ROW_LOSSES) as Float32Array | undefined;
  return {
    ...rest,
    batches: { order: one(ORDER) as Uint32Array, ...(rowLosses && { rowLosses }) },
    executor: {
      weights: new Map(plain.map((tensor) => [tensor.name, tensor.values as Float32Array])),
      memory: below(MEMORY),
      updates,
    },
    earlyStopping: waiting && { waiting, kept: kept.size > 0 ? kept : undefined },
  };
}

/**
 * Whether a training by this recipe, with this network and so many training rows, can go on from it.
 * @throws {InputError}
 */
export function checkFits(
  checkpoint: Checkpoint,
  network: Network,
  rows: number,
  { optimizer, batchSize }: Pick<Recipe, "optimizer" | "batchSize">,
): void {
  const { executor, batches, position } = checkpoint;
  const [before, now] = [memoryOf(checkpoint.optimizer), memoryOf(optimizer)];
  const size = batchSize === "full" ? rows : Math.min(batchSize, rows);
  const layer = otherTensor(network, executor.weights);
  if (layer !== undefined) refuse(`its layers are others${layer}`, "layers");
  if (before !== now) refuse(`its optimizer was ${before}, and is ${now} now`, "optimizer");
  if (batches.order.length !== rows) {
    refuse(`it trained on ${batches.order.length} examples, and now there are ${rows}`, "data");
  }
  if (position.rows !== position.batch * size) {
    refuse("it stopped inside an epoch, and its batches had another size", "batchSize");
  }
}

function refuse(what: string, setting: keyof Recipe): never {
  throw new InputError(
    `The run cannot be resumed with this recipe: ${what}. Resume with the recipe that it was trained with.`,
    { recipe: [setting] },
  );
}

/** @returns what is to be said of the weights that do not fit; undefined where all do */
function otherTensor(network: Network, weights: Snapshot): string | undefined {
  const wanted = tensorsOf(network, weights);
  const other = wanted.find(
    ({ name, shape }) =>
      weights.get(name)?.length !== shape.reduce((product, length) => product * length, 1),
  );
  if (other) return ` (${other.name} is ${other.shape.join(" × ")} now)`;
  return wanted.length === weights.size ? undefined : "";
}

/** Optimizers that say the same here remember the same. */
function memoryOf(optimizer: RecipeOptimizer): string {
  if (optimizer.type !== "sgd") return optimizer.type;
  const { momentum = 0, nesterov, momentumForm = "classic" } = optimizer;
  if (momentum === 0) return "sgd without momentum";
  return nesterov ? "sgd with nesterov" : `sgd with ${momentumForm} momentum`;
}

function flat(name: string, values: Float32Array | Uint32Array): NamedTensor {
  return { name, shape: [values.length], values };
}

function infinities(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
}

function revived(_key: string, value: unknown): unknown {
  const text = (value as { number?: unknown } | null)?.number;
  return typeof text === "string" ? Number(text) : value;
}
