/** What the diagnosis asks of a network: which layers learn, which are hidden, what meets their outputs. */
import type { LayerInfo } from "../../telemetry/events.ts";

export interface PlacedLayer {
  index: number;
  layer: LayerInfo;
}

/** The layers with a kernel, in order. */
export function weightedLayers(layers: readonly LayerInfo[]): PlacedLayer[] {
  return layers.flatMap((layer, index) => (layer.fanIn === null ? [] : [{ index, layer }]));
}

/** All of them but the one that makes the output. */
export function hiddenLayers(layers: readonly LayerInfo[]): PlacedLayer[] {
  return weightedLayers(layers).slice(0, -1);
}

/** The layer that makes the output, and the activation that it ends in. */
export function outputLayer(
  layers: readonly LayerInfo[],
): (PlacedLayer & { activation: string }) | undefined {
  const last = weightedLayers(layers).at(-1);
  return last && { ...last, activation: activationAfter(layers, last.index) };
}

/** The activation that a layer's output meets: its own, or that of an activation layer behind it. */
export function activationAfter(layers: readonly LayerInfo[], index: number): string {
  for (const { activation, type } of between(layers, index)) {
    if (type === "prelu") return type;
    if (activation && activation !== "linear") return activation;
  }
  return "linear";
}

export function isNormalized(layers: readonly LayerInfo[], index: number): boolean {
  return between(layers, index).some(({ type }) => isBatchNorm(type) || isLayerNorm(type));
}

/** A layer, and those behind it up to the next that learns a kernel. */
function between(layers: readonly LayerInfo[], index: number): LayerInfo[] {
  const next = layers.findIndex(({ fanIn }, i) => i > index && fanIn !== null);
  return layers.slice(index, next < 0 ? undefined : next);
}

export function hasSkip(layers: readonly LayerInfo[]): boolean {
  return layers.some(({ skip, type }) => skip || /residual/i.test(type));
}

export function hasNormalization(layers: readonly LayerInfo[]): boolean {
  return layers.some(
    ({ type }) => isBatchNorm(type) || isLayerNorm(type) || /(group|instance)_?norm/i.test(type),
  );
}

export function isBatchNorm(type: string): boolean {
  return /batch_?norm/i.test(type);
}

export function isLayerNorm(type: string): boolean {
  return /layer_?norm/i.test(type);
}
