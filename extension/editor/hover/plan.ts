/** The learning rate that a recipe plans, as a function of the epoch. */
import { findNodeAtLocation, type Node } from "jsonc-parser";
import { learningRateOf, OPTIMIZERS } from "../../../recipe/optimizers/index.ts";
import { learningRateAt, Schedule } from "../../../recipe/schedules/index.ts";
import { Recipe } from "../../../recipe/schema.ts";
import { isWritten, valueAt } from "./readable.ts";

const TYPE = ["optimizer", "type"];
const LEARNING_RATE = ["optimizer", "learningRate"];
const SCHEDULE = ["optimizer", "schedule"];
/** Epochs that are drawn as long as the recipe does not say how many there are. */
const USUAL_EPOCHS = 100;
/** How much before the end the last update begins, as a share of all epochs: any small one. */
const LAST_UPDATE = 1e-9;

export interface Plan {
  /** The optimizer's learning rate. */
  base: number;
  schedule: Schedule | undefined;
  epochs: number;
  /** Whether the recipe says the epochs. */
  given: boolean;
  /** @param epoch passes that are done; at the end, the rate of the last update */
  rate(epoch: number): number;
}

/** The plan, as far as it can be read; the other parts of the recipe do not matter. */
export function planOf(root: Node): Plan | undefined {
  const base = baseOf(root);
  const schedule = valueAt(root, SCHEDULE, Schedule);
  if (base === undefined || (!schedule && isWritten(root, SCHEDULE))) return undefined;
  const given = valueAt(root, ["epochs"], Recipe.properties.epochs);
  const epochs = given ?? USUAL_EPOCHS;
  // No validation loss is known yet: one that never falls after the first epoch.
  const flat = new Array<number>(schedule?.type === "reduceOnPlateau" ? epochs : 0).fill(1);
  const rate = (epoch: number) => {
    const at = Math.min(epoch, epochs * (1 - LAST_UPDATE));
    const validation = flat.slice(0, Math.floor(at));
    return learningRateAt(schedule, base, { epoch: at, next: at, epochs, validation });
  };
  return { base, schedule, epochs, given: given !== undefined, rate };
}

function baseOf(root: Node): number | undefined {
  if (isWritten(root, LEARNING_RATE)) {
    return valueAt(root, LEARNING_RATE, OPTIMIZERS.sgd.properties.learningRate);
  }
  const type: unknown = findNodeAtLocation(root, TYPE)?.value;
  const known = (Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[]).find((t) => t === type);
  return known && learningRateOf({ type: known });
}
