/** The layers' columns of a step event. */
import type { LayerColumns } from "../../telemetry/events.ts";
import type { NamedLayer, Observer } from "../model/network.ts";
import type { Squares } from "../optimizers/update.ts";
import { ActivationProbe } from "./activations.ts";
import { layerNorms } from "./gradients.ts";
import { column } from "./rounding.ts";

export class Probe {
  readonly #activations: ActivationProbe[];
  /** Of each layer: which entries of the optimizer's squares are its own. */
  readonly #ranges: { from: number; to: number }[];

  constructor(layers: NamedLayer[]) {
    this.#activations = layers.map((layer) => new ActivationProbe(layer));
    let from = 0;
    this.#ranges = layers.map(({ parameters }) => {
      const range = { from, to: from + parameters.length };
      from = range.to;
      return range;
    });
  }

  /** To be called with every output of every forward pass that counts. */
  readonly see: Observer = (layer, output) => this.#activations[layer]!.see(output);

  /** @param squares what the optimizer measured in this step, in the order of the parameters */
  columns(squares: Squares[]): LayerColumns {
    const columns: LayerColumns = {
      gradientNorm: [],
      weightNorm: [],
      updateRatio: [],
      activationMean: [],
      activationStd: [],
      silent: [],
      saturated: [],
    };
    for (const [i, { mean, std, silent, saturated }] of this.#activations.entries()) {
      const { from, to } = this.#ranges[i]!;
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
  }

  /** The epoch event's `silent` column; the next epoch begins. */
  endEpoch(): (number | null)[] {
    return this.#activations.map((probe) => rounded(probe.endEpoch()));
  }
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : column(value);
}
