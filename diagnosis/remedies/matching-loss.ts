/** The loss that the targets ask for, and the output that goes with it. */
import type { DataEvent, RunEvent } from "../../telemetry/events.ts";
import type { Remedy } from "../remedy.ts";
import { outputLayer } from "../theory/network.ts";
import { endingFor, isKindOf } from "./output.ts";

export const matchingLoss: Remedy = {
  id: "matching-loss",
  propose(_observation, { run, layers, data }) {
    const output = outputLayer(layers);
    const kind = data?.targets?.kind ?? (run?.classes ? "class" : undefined);
    if (!run || !output?.layer.units || !kind) return undefined;
    const { layer, activation } = output;
    const now = output.layer.units;
    const { loss, units, ...wanted } = endingFor(kind, now, classesOf(run, data));
    if (isKindOf(loss, run.loss)) return undefined;
    const more = units > now;
    const changes = wanted.activation !== activation || more;
    const ending = changes
      ? `, with ${wanted.activation}${more ? ` of ${units} units` : ""} as the output`
      : `, which ${activation} is made for`;
    return {
      title: `Use the loss ${loss} instead of ${run.loss}${ending}`,
      value: more ? units : null,
      layers: changes ? [layer.name] : [],
    };
  },
};

function classesOf({ classes }: RunEvent, data: DataEvent | undefined): number {
  return classes ?? data?.labels.length ?? 0;
}
