/** The lessons' checklists as questions to what is going to be trained: good practice, not trouble. */
import type { RunEvent } from "../telemetry/events.ts";
import { isRectifier } from "./theory/activations.ts";
import { expectedOverfitting } from "./theory/dataSize.ts";
import {
  activationAfter,
  hasNormalization,
  hasSkip,
  hiddenLayers,
  weightedLayers,
} from "./theory/network.ts";
import { hasMomentum } from "./theory/optimizers.ts";

export interface AuditItem {
  /** What the checklist asks for. */
  item: string;
  ok: boolean;
  /** Id of the remedy that adds it; left out where no edit can. */
  remedy?: string;
  /** Row of the requirements, and lesson. */
  lesson: string;
}

/** Six takeaways of lesson 000 (S0-29). */
export function auditTakeaways(run: RunEvent): AuditItem[] {
  const { batchSize, examples } = run;
  const enough = ["mild", "minimal"].includes(expectedOverfitting(examples.train));
  return list("Lesson 000, key takeaways (S0-29)", [
    ["weights start at a scale that fits the layers", isScaled(run), "he-initialization"],
    ["a learning-rate schedule", hasSchedule(run), "warmup-cosine"],
    ["momentum", hasMomentum(run.optimizer.name, run.optimizer.settings), "momentum"],
    ["mini-batches", batchSize > 1 && batchSize < examples.train, "batch-size"],
    ["regularisation", isRegularized(run), "weight-decay"],
    ["10,000 examples or more, or augmented ones", enough || run.augmented === true, "augment"],
  ]);
}

/**
 * The modern recipe of lesson 001 (S1-35). What it says to watch besides, divergence and the gap between training and
 * validation, the diagnosis always watches.
 */
export function auditRecipe(run: RunEvent): AuditItem[] {
  const { layers, batchSize, examples, schedule } = run;
  const isMiniBatch = batchSize >= 32 && batchSize <= 256;
  return list("Lesson 001, the standard recipe (S1-35)", [
    [
      "ReLU in the hidden layers",
      hidden(run).every(isRectifier) && hidden(run).length > 0,
      "use-relu",
    ],
    ["He initialisation", isHe(run), "he-initialization"],
    ["batch normalisation", hasNormalization(layers), "batch-normalization"],
    ["dropout of 0.3 to 0.5", dropoutWithin(run, 0.3, 0.5), "dropout"],
    ["early stopping with a patience of 5 to 20", stopsEarly(run), "early-stopping"],
    ["weight decay", hasDecay(run), "weight-decay"],
    ["a warm-up, then cosine", schedule?.type === "warmupCosine", "warmup-cosine"],
    ["Adam", isAdam(run), "use-adam"],
    ["batches of 32 to 256", isMiniBatch, "batch-size"],
    ["validation besides training", examples.validation > 0, "validation-split"],
  ]);
}

/** The modern recipe of lesson 002 (S2-33). */
export function auditModernRecipe(run: RunEvent): AuditItem[] {
  const { layers, optimizer, examples } = run;
  const rate = optimizer.learningRate;
  const rates = isAdam(run) ? rate >= 3e-4 && rate <= 1e-3 : true;
  const chosen = isAdam(run) || hasMomentum(optimizer.name, optimizer.settings);
  const pictures = (run.inputShape?.length ?? 1) > 1;
  return list("Lesson 002, the modern recipe (S2-33)", [
    ["normalisation", hasNormalization(layers), "batch-normalization"],
    ["residual connections", hasSkip(layers), "residual-blocks"],
    ["He or Xavier initialisation", isScaled(run), "he-initialization"],
    ["Adam, AdamW, or gradient descent with momentum", chosen, "use-adam"],
    ["a learning rate of 3e-4 to 1e-3 for Adam", rates, "lower-learning-rate"],
    ["a learning-rate schedule", hasSchedule(run), "warmup-cosine"],
    ["dropout of 0.1 to 0.3", dropoutWithin(run, 0.1, 0.3), "dropout"],
    ["weight decay", hasDecay(run), "weight-decay"],
    ...(pictures ? [["augmented pictures", run.augmented === true, "augment"] as const] : []),
    ["early stopping", run.earlyStopping !== null, "early-stopping"],
    ["validation besides training", examples.validation > 0, "validation-split"],
  ]);
}

function list(
  lesson: string,
  items: readonly (readonly [item: string, ok: boolean, remedy: string])[],
): AuditItem[] {
  return items.map(([item, ok, remedy]) => ({ item, ok, ...(!ok && { remedy }), lesson }));
}

function hidden({ layers }: RunEvent): string[] {
  return hiddenLayers(layers).map(({ index }) => activationAfter(layers, index));
}

function isScaled({ layers }: RunEvent): boolean {
  return starts(layers, /^(he|glorot|xavier|lecun|orthogonal)/i);
}

/** Of the hidden layers: the output has no rectifier. */
function isHe({ layers }: RunEvent): boolean {
  return starts(
    hiddenLayers(layers).map(({ layer }) => layer),
    /^he/i,
  );
}

/** Whether there are such layers, and all of them start like that. */
function starts(layers: RunEvent["layers"], initializer: RegExp): boolean {
  const drawn = weightedLayers(layers).filter(({ layer }) => layer.initializer !== null);
  return drawn.length > 0 && drawn.every(({ layer }) => initializer.test(layer.initializer ?? ""));
}

function hasSchedule({ schedule }: RunEvent): boolean {
  return schedule !== undefined && schedule.type !== "constant";
}

function isAdam({ optimizer }: RunEvent): boolean {
  return /^adamw?$/i.test(optimizer.name);
}

function dropoutWithin({ layers }: RunEvent, least: number, most: number): boolean {
  return layers.some(({ rate = 0 }) => rate >= least && rate <= most);
}

function stopsEarly({ earlyStopping }: RunEvent): boolean {
  return earlyStopping !== null && earlyStopping.patience >= 5 && earlyStopping.patience <= 20;
}

function hasDecay({ layers, optimizer }: RunEvent): boolean {
  const { weightDecay } = optimizer.settings;
  const decoupled = typeof weightDecay === "number" && weightDecay > 0;
  return decoupled || layers.some(({ l1 = 0, l2 = 0 }) => l1 > 0 || l2 > 0);
}

function isRegularized(run: RunEvent): boolean {
  const drops = run.layers.some(({ rate = 0 }) => rate > 0);
  return hasDecay(run) || drops || run.earlyStopping !== null;
}
