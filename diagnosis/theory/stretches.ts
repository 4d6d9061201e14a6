/**
 * The hidden layers with weights, cut where something restores the size of the signal: sizes multiply only along an
 * unbroken stretch (Ioffe and Szegedy 2015; He et al. 2016).
 */
import type { LayerInfo } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import { activationAfter } from "./activations.ts";

export interface HiddenLayer {
  index: number;
  layer: LayerInfo;
  /** That its output meets. */
  activation: string;
}

/** @returns stretches in order; the last layer with weights, the output, is in none */
export function hiddenStretches({ layers }: History): HiddenLayer[][] {
  const output = layers.findLastIndex(hasWeights);
  const stretches: HiddenLayer[][] = [[]];
  layers.slice(0, Math.max(0, output)).forEach((layer, index) => {
    if (layer.skip || /normalization/i.test(layer.type)) stretches.push([]);
    else if (hasWeights(layer)) {
      stretches.at(-1)?.push({ index, layer, activation: activationAfter(layers, index) });
    }
  });
  return stretches.filter((stretch) => stretch.length > 0);
}

/** A kernel, that is: what normalisation learns is no weight of a sum. */
export function hasWeights({ fanIn, units }: LayerInfo): boolean {
  return Boolean(fanIn && units);
}
