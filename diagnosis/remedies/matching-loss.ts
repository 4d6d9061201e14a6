/** The loss that the output's activation is made for. */
import type { Remedy } from "../remedy.ts";
import { outputLayer } from "./network.ts";
import { lossFor } from "./output.ts";

export const matchingLoss: Remedy = {
  id: "matching-loss",
  propose(_observation, { run, layers, data }) {
    const output = outputLayer(layers);
    if (!run || !output) return undefined;
    const kind = data?.targets?.kind ?? (run.classes ? "class" : undefined);
    const { activation, layer } = output;
    // One unit of softmax is 1 for every input: no loss helps.
    if (!kind || (activation === "softmax" && layer.units === 1)) return undefined;
    const wanted = lossFor(activation, kind);
    if (!wanted || alike(wanted, run.loss)) return undefined;
    return {
      title: `Use the loss ${wanted}, which ${activation} is made for, instead of ${run.loss}`,
      value: null,
      layers: [],
    };
  },
};

/** Categorical cross-entropies differ only in how the targets are written; errors of numbers suit each other's place. */
function alike(wanted: string, loss: string): boolean {
  if (wanted === "meanSquaredError") return !/crossentropy/i.test(loss);
  const family = wanted === "binaryCrossentropy" ? /binary/i : /categorical/i;
  return family.test(loss);
}
