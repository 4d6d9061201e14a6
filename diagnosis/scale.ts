/**
 * How large the weights started, against He initialisation (He et al. 2015; lesson 001): a standard deviation of
 * √(2 / fan-in) keeps the size of the signal through layers of ReLU. What a layer is off by multiplies with depth:
 * 2.8 times He's in one layer is harmless, through six layers it makes the signal 500 times too large.
 */
import type { LayerColumns, LayerInfo } from "../telemetry/events.ts";

/** A healthy net's signal drifts by up to this over 20 layers (requirements, S1-11). */
export const TOLERATED_GAIN = 3;
/** A layer this far from He's scale takes part in a wrong gain; sampling alone stays well within it. */
const OFF = 1.2;

export interface ScaledLayer {
  index: number;
  layer: LayerInfo;
  /** Standard deviation of its weights over He's. */
  scale: number;
}

export interface InitialScale {
  /** Product over the layers. */
  gain: number;
  /** The layers whose weights start too large, where the gain is above what is tolerated. */
  tooLarge: ScaledLayer[];
  /** Those that start too small, where the gain is below its inverse. */
  tooSmall: ScaledLayer[];
}

/** @param initial columns of the first step; without them nothing is off */
export function initialScale(
  layers: readonly LayerInfo[],
  initial: LayerColumns | undefined,
): InitialScale {
  const scaled = layers.flatMap((layer, index): ScaledLayer[] => {
    const norm = initial?.weightNorm[index];
    if (!layer.fanIn || !layer.units || typeof norm !== "number") return [];
    const deviation = norm / Math.sqrt(layer.fanIn * layer.units);
    return [{ index, layer, scale: deviation / Math.sqrt(2 / layer.fanIn) }];
  });
  const gain = scaled.reduce((product, { scale }) => product * scale, 1);
  return {
    gain,
    tooLarge: gain >= TOLERATED_GAIN ? scaled.filter(({ scale }) => scale >= OFF) : [],
    tooSmall: gain <= 1 / TOLERATED_GAIN ? scaled.filter(({ scale }) => scale <= 1 / OFF) : [],
  };
}
