/** Layers whose weights start at another scale than theory asks for, or as copies of each other. */

import type { LayerInfo } from "../../telemetry/events.ts";
import type { Observation } from "../detector.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Proposal } from "../remedy.ts";
import { TOLERATED_GAIN } from "../scale.ts";
import { activationAfter, isRectifier, weightedLayers } from "./network.ts";

/** Sampling alone stays well within this factor. */
const OFF = 1.2;

export interface WrongStart {
  name: string;
  activation: string;
  /** Standard deviation of the weights; NaN where it was not measured. */
  std: number;
  /** The one to have. */
  target: number;
}

/**
 * @returns the layers that start wrong: those whose factors make a wrong gain together, those that are named by what
 * was seen before the first update, and those whose units start as copies of each other
 */
export function startingWrong(
  observation: Pick<Observation, "layers" | "firstStep">,
  history: History,
): WrongStart[] {
  const starts = weightedLayers(history.layers).flatMap(({ layer, index }) => {
    if (layer.type === "rbf") return [];
    const activation = activationAfter(history.layers, index);
    const target = theoreticalStd(layer, activation);
    const std = startingStd(history, layer, index);
    const copies = (history.initialState?.identicalUnits[index] ?? 0) > 0;
    return [{ name: layer.name, activation, std, target, factor: std / target, copies }];
  });
  const gain = starts.reduce(
    (product, { factor }) => product * (Number.isNaN(factor) ? 1 : factor),
    1,
  );
  return starts.filter(({ name, factor, copies }) => {
    const tooLarge = factor >= OFF;
    const tooSmall = factor <= 1 / OFF;
    if (tooLarge && gain >= TOLERATED_GAIN) return true;
    if (tooSmall && gain <= 1 / TOLERATED_GAIN) return true;
    const seenBefore = observation.firstStep === 0 && observation.layers.includes(name);
    return seenBefore && (copies || tooLarge || tooSmall || Number.isNaN(factor));
  });
}

/** @param name of the scheme */
export function initialise(name: string, wrong: readonly WrongStart[]): Proposal | undefined {
  const [first] = wrong;
  if (!first) return undefined;
  const names = wrong.map((start) => start.name);
  const now = Number.isNaN(first.std) ? "" : ` instead of ${short(first.std)}`;
  return {
    title: `Initialise ${list(names)} with ${name}: standard deviation ${short(first.target)}${now}`,
    value: null,
    layers: names,
  };
}

/**
 * √(2 / fan-in) in front of rectifiers (He et al. 2015), √(1 / fan-in) in front of selu (Klambauer et al. 2017), and
 * √(2 / (fan-in + fan-out)) for the others (Glorot and Bengio 2010); lesson 003 (S3-06, S3-07, S3-09).
 */
function theoreticalStd({ fanIn, fanOut }: LayerInfo, activation: string): number {
  const inputs = fanIn || Number.NaN;
  if (isRectifier(activation)) return Math.sqrt(2 / inputs);
  if (activation === "selu") return Math.sqrt(1 / inputs);
  return Math.sqrt(2 / (inputs + (fanOut ?? inputs)));
}

function startingStd({ initial }: History, { fanIn, units }: LayerInfo, index: number): number {
  return (initial?.weightNorm[index] ?? Number.NaN) / Math.sqrt((fanIn ?? 0) * (units ?? 0));
}
