/**
 * How much too large or too small the initial weights make the signal. What a layer is off by multiplies with depth:
 * 0.05657 a layer is 1e-25 after twenty (lesson 001, S1-09).
 *
 * Glorot's, LeCun's and He's scales all count as right, for they are all in use: a layer is off by what it lies outside
 * of them. That Glorot under ReLU shrinks the signal with depth is not the weights' symptom but depth's.
 */
import type { LayerColumns } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import { rightStd, startingStd } from "./initialization.ts";
import { type HiddenLayer, hiddenStretches } from "./stretches.ts";

/** A healthy net's signal drifts by up to this over 20 layers (requirements, S1-11). */
export const TOLERATED_GAIN = 3;

export interface OffLayer extends HiddenLayer {
  /** Standard deviation of its weights over the nearest usual one. */
  off: number;
}

export interface InitialGain {
  /** Product along the stretch that is furthest off; 1 where all is right. */
  gain: number;
  /** The layers of that stretch that are off the same way, in order. */
  layers: OffLayer[];
}

/** A layer this far from a usual scale takes part in a wrong gain; sampling of a few weights stays within it. */
const OFF = 1.5;

/** @param columns of the network before its first update */
export function initialGain(
  history: History,
  columns: LayerColumns | undefined,
  which: "small" | "large",
): InitialGain {
  let worst: InitialGain = { gain: 1, layers: [] };
  for (const stretch of hiddenStretches(history)) {
    const layers = stretch
      .map((hidden) => ({ ...hidden, off: offBy(hidden, columns) }))
      .filter(({ off }) => (which === "small" ? off < 1 / OFF : off > OFF));
    const gain = layers.reduce((product, { off }) => product * off, 1);
    if (which === "small" ? gain < worst.gain : gain > worst.gain) worst = { gain, layers };
  }
  return worst;
}

/** Over 1: larger than He's, the largest usual scale; under 1: smaller than Glorot's and LeCun's; 1: between, or not known. */
function offBy({ index, layer }: HiddenLayer, columns: LayerColumns | undefined): number {
  const std = startingStd(layer, columns?.weightNorm[index]);
  const [fanIn, fanOut] = [layer.fanIn ?? 1, layer.fanOut ?? layer.units ?? 1];
  const { least } = rightStd("linear", fanIn, fanOut);
  const { most } = rightStd("relu", fanIn, fanOut);
  if (std > most) return std / most;
  return std < least ? std / least : 1;
}
