/** Where dropout layers stand, and which rates are usual there. */
import type { LayerInfo } from "../../telemetry/events.ts";
import { weightedLayers } from "../theory/network.ts";

export type DropoutPlace = "input" | "hidden" | "output";

/** Lesson 001 (S1-25), widened to what lesson 002 allows (S2-16). */
const LARGEST: Record<DropoutPlace, number> = { input: 0.1, hidden: 0.5, output: 0 };
const LEAST: Record<DropoutPlace, number> = { input: 0, hidden: 0.1, output: 0 };
const LARGEST_BEHIND_CONVOLUTION = 0.3;
/** The largest that suits convolutions, the least that lesson 001 has for dense layers. */
const USUAL: Record<DropoutPlace, number> = { input: 0.1, hidden: 0.3, output: 0 };

export interface PlacedDropout {
  name: string;
  place: DropoutPlace;
  /** True where the rate is not known. */
  inRange: boolean;
  usual: number;
}

export function dropoutPlaces(layers: readonly LayerInfo[]): PlacedDropout[] {
  const weighted = weightedLayers(layers);
  const first = weighted[0]?.index ?? layers.length;
  const last = weighted.at(-1)?.index ?? -1;
  return layers.flatMap((layer, index) => {
    if (!/dropout/i.test(layer.type)) return [];
    const place = index > last ? "output" : index < first ? "input" : "hidden";
    const before = weighted.findLast((other) => other.index < index)?.layer.type ?? "";
    const most = /conv/i.test(before) ? LARGEST_BEHIND_CONVOLUTION : LARGEST[place];
    const { rate } = layer;
    const inRange = rate === undefined || (rate >= LEAST[place] && rate <= most);
    return [{ name: layer.name, place, inRange, usual: USUAL[place] }];
  });
}
