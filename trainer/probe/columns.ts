/** The layers' columns of a step event. */
import type { LayerColumns } from "../../telemetry/events.ts";
import type { StepFigures } from "../loop/executor.ts";
import { layerNorms } from "./gradients.ts";
import { column } from "./rounding.ts";

/** What has layers with parameters: a network of ours, or a script's model. */
interface Layered {
  layers: readonly { parameters: readonly unknown[] }[];
}

type Measured = Pick<StepFigures, "squares" | "activations">;

/** @returns what makes the columns of a step, in the order of the network's layers */
export function columnsOf({ layers }: Layered): (figures: Measured) => LayerColumns {
  // Which entries of the squares are a layer's own.
  let from = 0;
  const ranges = layers.map(({ parameters }) => {
    const range = { from, to: from + parameters.length };
    from = range.to;
    return range;
  });
  return ({ squares, activations }) => {
    const columns: LayerColumns = {
      gradientNorm: [],
      weightNorm: [],
      updateRatio: [],
      activationMean: [],
      activationStd: [],
      silent: [],
      saturated: [],
    };
    for (const [i, { mean, std, silent, saturated }] of activations.entries()) {
      const { from, to } = ranges[i]!;
      const norms = layerNorms(squares.slice(from, to));
      columns.gradientNorm.push(rounded(norms?.gradientNorm));
      columns.weightNorm.push(rounded(norms?.weightNorm));
      columns.updateRatio.push(rounded(norms?.updateRatio));
      columns.activationMean.push(rounded(mean));
      columns.activationStd.push(rounded(std));
      columns.silent.push(rounded(silent));
      columns.saturated.push(rounded(saturated));
    }
    return columns;
  };
}

export function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : column(value);
}
