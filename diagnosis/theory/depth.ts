/** How deep a network is, and what carries its signal. */
import type { LayerInfo } from "../../telemetry/events.ts";
import {
  activationAfter,
  hiddenLayers,
  isBatchNorm,
  isLayerNorm,
  type PlacedLayer,
  weightedLayers,
} from "../remedies/network.ts";

/** Their derivatives shrink a gradient by themselves: another symptom than depth (lesson 001, S1-05). */
const SATURATING = /^(sigmoid|tanh|hard_?sigmoid|softsign)$/i;

/**
 * The layers with weights of a network that depth alone can spoil; empty where its hidden activations all saturate,
 * and for selu, which normalises itself (Klambauer et al. 2017).
 */
export function deepLayers(layers: readonly LayerInfo[]): PlacedLayer[] {
  const activations = hiddenLayers(layers).map(({ index }) => activationAfter(layers, index));
  if (activations.length === 0 || activations.every((each) => SATURATING.test(each))) return [];
  return activations.every((each) => /^selu$/i.test(each)) ? [] : weightedLayers(layers);
}

export function hasSkip(layers: readonly LayerInfo[]): boolean {
  return layers.some(({ skip, type }) => skip || /residual/i.test(type));
}

export function hasNormalization(layers: readonly LayerInfo[]): boolean {
  return layers.some(
    ({ type }) => isBatchNorm(type) || isLayerNorm(type) || /(group|instance)_?norm/i.test(type),
  );
}
