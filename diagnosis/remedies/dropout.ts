/** Dropout behind the hidden layers. */
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Lesson 001 (S1-25): 0.3 to 0.5 behind fully connected layers, the more the larger the gap. */
const RATE = 0.3;
const RATE_FOR_LARGE_GAP = 0.5;
const LARGE_GAP = 0.2;

export const dropout: Remedy = {
  id: "dropout",
  propose(observation, history) {
    if (history.layers.some((layer) => layer.type === "dropout")) return undefined;
    const names = hiddenLayers(history);
    if (names.length === 0) return undefined;
    const gap =
      observation.evidence.find(({ metric }) => metric === "validation.accuracy")?.value ?? 0;
    const value = gap >= LARGE_GAP ? RATE_FOR_LARGE_GAP : RATE;
    return {
      title: `Add dropout ${value} behind ${names.length === 1 ? names[0] : `the ${names.length} hidden layers`}`,
      value,
      layers: names,
    };
  },
};

/** The last layer before each next dense one: where a hidden block ends. None before the output (S1-25). */
function hiddenLayers(history: History): string[] {
  return history.layers.flatMap((layer, i) =>
    history.layers[i + 1]?.type === "dense" ? [layer.name] : [],
  );
}
