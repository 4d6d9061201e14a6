/** How far the accuracy on validation data is ahead of that on training data, where neither should be. */
import type { EpochEvent } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import { standardErrorOfDifference } from "./labels.ts";

/** Standard errors that a lead must exceed to be more than chance. */
const STANDARD_ERRORS = 3;
/** Points of accuracy; less is no matter. */
const LEAST = 0.1;
/** Epochs that must all show it. */
const PATIENCE = 5;

/**
 * The smallest lead of the last epochs; undefined where one of them has none, or where there is a reason for it: what
 * disturbs training alone (dropout, noise, augmentation, emphasis), or training figures that are means over an
 * epoch in which the network learned faster than that.
 * @returns in points of accuracy from 0 to 1
 */
export function validationLead({ run, layers, epochs }: History): number | undefined {
  const disturbed = layers.some(({ type }) => /drop|noise/i.test(type)) || run?.augmented;
  const trained = epochs.filter(({ epoch }) => epoch > 0);
  const recent = trained.slice(-PATIENCE);
  if (disturbed || recent.length < PATIENCE || recent.some(({ emphasized }) => emphasized)) {
    return undefined;
  }
  const leads = recent.map(leadOf);
  const smallest = Math.min(...leads);
  const learned = accuracyOf(recent.at(-1)?.train) - accuracyOf(recent[0]?.train);
  const { train = 0, validation = 0 } = run?.examples ?? {};
  const { train: p, validation: q } = figuresOf(recent.at(-1));
  const chance = STANDARD_ERRORS * standardErrorOfDifference(p, train, q, validation);
  return smallest >= Math.max(LEAST, chance, learned) ? smallest : undefined;
}

function leadOf(epoch: EpochEvent): number {
  const { train, validation } = figuresOf(epoch);
  return validation - train;
}

function figuresOf(epoch: EpochEvent | undefined): { train: number; validation: number } {
  return {
    train: accuracyOf(epoch?.train),
    validation: accuracyOf(epoch?.validation ?? undefined),
  };
}

function accuracyOf(metrics: EpochEvent["train"] | undefined): number {
  return metrics?.["accuracy"] ?? Number.NaN;
}
