/** The output's activation, and its number of units, that the loss and the targets are made for. */
import type { DataEvent, RunEvent } from "../../telemetry/events.ts";
import type { Remedy } from "../remedy.ts";
import { outputLayer } from "./network.ts";
import { activationFor } from "./output.ts";

export const matchingOutput: Remedy = {
  id: "matching-output",
  propose(_observation, { run, layers, data }) {
    const output = outputLayer(layers);
    if (!run || !output) return undefined;
    const { layer, activation } = output;
    if (activation === "tanh" && belowZeroUnused(data)) {
      return {
        title: "Map the targets to −1 and 1, the range of tanh",
        value: null,
        layers: [layer.name],
      };
    }
    const wanted = wantedActivation(run, data);
    if (!wanted) return undefined;
    const value = wanted === "softmax" ? missingUnits(run, layer.units) : null;
    if (wanted === activation && value === null) return undefined;
    const units = value === null ? "" : ` and ${value} units, one a class`;
    const instead = wanted === activation ? "" : ` instead of ${activation}`;
    return {
      title: `End ${layer.name} in ${wanted}${instead}${units}: ${run.loss} is made for that`,
      value,
      layers: [layer.name],
    };
  },
};

function belowZeroUnused(data: DataEvent | undefined): boolean {
  const targets = data?.targets;
  return targets !== undefined && targets.kind !== "number" && targets.min >= 0;
}

function wantedActivation(run: RunEvent, data: DataEvent | undefined) {
  const byLoss = activationFor(run.loss, run.fromLogits);
  if (byLoss) return byLoss;
  return data?.targets?.kind === "number" ? "linear" : undefined;
}

function missingUnits({ classes }: RunEvent, units: number | null): number | null {
  return classes !== null && units !== null && units < classes ? classes : null;
}
