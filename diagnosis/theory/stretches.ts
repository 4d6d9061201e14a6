/**
 * The hidden layers with weights, cut where something restores the size of the signal: sizes multiply only along an
 * unbroken stretch (Ioffe and Szegedy 2015; He et al. 2016).
 */
import type { LayerInfo } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import {
  activationAfter,
  hiddenLayers,
  isBatchNorm,
  isLayerNorm,
  type PlacedLayer,
} from "./network.ts";

export interface HiddenLayer extends PlacedLayer {
  /** That its output meets. */
  activation: string;
}

/** Every window asks, and the layers stay the same for a whole run. */
const known = new WeakMap<readonly LayerInfo[], HiddenLayer[][]>();

/** @returns stretches in order; the last layer with weights, the output, is in none */
export function hiddenStretches({ layers }: History): HiddenLayer[][] {
  const found = known.get(layers) ?? cut(layers);
  known.set(layers, found);
  return found;
}

function cut(layers: readonly LayerInfo[]): HiddenLayer[][] {
  const hidden = new Set(hiddenLayers(layers).map(({ index }) => index));
  const stretches: HiddenLayer[][] = [[]];
  layers.forEach((layer, index) => {
    if (layer.skip || isBatchNorm(layer.type) || isLayerNorm(layer.type)) stretches.push([]);
    else if (hidden.has(index)) {
      stretches.at(-1)?.push({ index, layer, activation: activationAfter(layers, index) });
    }
  });
  return stretches.filter((stretch) => stretch.length > 0);
}
