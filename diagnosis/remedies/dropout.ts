/** Dropout behind the hidden layers. */
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";
import { weightedLayers } from "../theory/network.ts";
import { named } from "./named.ts";

/** Lesson 001 (S1-25): 0.3 to 0.5 behind fully connected layers, the more the larger the gap. */
const RATE = 0.3;
const RATE_FOR_LARGE_GAP = 0.5;
const LARGE_GAP = 0.2;

export const dropout: Remedy = {
  id: "dropout",
  propose(observation, history) {
    if (history.layers.some(({ type }) => /dropout/i.test(type))) return undefined;
    const names = endsOfHiddenBlocks(history);
    if (names.length === 0) return undefined;
    const gap =
      observation.evidence.find(({ metric }) => metric === "validation.accuracy")?.value ?? 0;
    const value = gap >= LARGE_GAP ? RATE_FOR_LARGE_GAP : RATE;
    return {
      title: `Add dropout ${value} behind ${named(names)}`,
      value,
      layers: names,
    };
  },
};

/** The last layer before each next dense one; neither the input nor the output is dropped (S1-25). */
function endsOfHiddenBlocks({ layers }: History): string[] {
  const first = weightedLayers(layers)[0]?.index ?? layers.length;
  return layers.flatMap(({ name }, i) =>
    i >= first && layers[i + 1]?.type === "dense" ? [name] : [],
  );
}
