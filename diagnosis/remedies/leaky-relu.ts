/** Leaky ReLU in place of ReLU: a small slope below zero, so that no unit is ever without a gradient. */
import { list } from "../format.ts";
import type { History } from "../history.ts";
import type { Remedy } from "../remedy.ts";

/** Units that were silent before the first update were not killed by the updates. */
const SILENT = 0.5;

function silentFromTheStart(names: readonly string[], history: History): boolean {
  const before = history.epochs[0]?.silent ?? [];
  return history.layers.some(({ name }, i) => names.includes(name) && (before[i] ?? 0) >= SILENT);
}

export const leakyRelu: Remedy = {
  id: "leaky-relu",
  propose(observation, history) {
    const names = history.layers
      .filter((layer) => layer.activation === "relu" && observation.layers.includes(layer.name))
      .map((layer) => layer.name);
    if (names.length === 0) return undefined;
    return {
      title: `Use leaky ReLU (slope 0.01) in ${list(names)}`,
      value: null,
      layers: names,
      pointedAt: silentFromTheStart(names, history),
    };
  },
};
