/** How deep a network is, where depth alone can spoil it. */
import type { LayerInfo } from "../../telemetry/events.ts";
import { saturates } from "./activations.ts";
import { activationAfter, hiddenLayers, type PlacedLayer, weightedLayers } from "./network.ts";

/**
 * The layers with weights of a network that depth alone can spoil; empty where its hidden activations all saturate,
 * which shrinks a gradient by itself (lesson 001, S1-05), and for selu, which normalises itself (Klambauer et al. 2017).
 */
export function deepLayers(layers: readonly LayerInfo[]): PlacedLayer[] {
  const activations = hiddenLayers(layers).map(({ index }) => activationAfter(layers, index));
  if (activations.length === 0 || activations.every(saturates)) return [];
  return activations.every((each) => /^selu$/i.test(each)) ? [] : weightedLayers(layers);
}
