/** The output, or the range of the targets, that the loss is made for. */
import type { RunEvent } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import type { Proposal, Remedy } from "../remedy.ts";
import { outputLayer } from "../theory/network.ts";
import { activationFor, endingFor, isKindOf } from "./output.ts";

export const matchingOutput: Remedy = {
  id: "matching-output",
  propose(_observation, history) {
    const { run, layers, data } = history;
    const output = outputLayer(layers);
    if (!run || !output?.layer.units) return undefined;
    const { layer, activation } = output;
    const range = otherRange(run.loss, activation, history);
    if (range) return { title: range, value: null, layers: [layer.name] };
    const kind = data?.targets?.kind ?? (run.classes ? "class" : undefined);
    const ending = kind && endingFor(kind, output.layer.units, run.classes ?? 0);
    // Where the loss is the wrong one, no output helps.
    if (ending && !isKindOf(ending.loss, run.loss)) return undefined;
    const wanted =
      activationFor(run.loss, run.fromLogits) ?? (kind === "number" ? "linear" : undefined);
    return wanted && ends(layer.name, { wanted, activation, units: output.layer.units, run });
  },
};

function ends(
  name: string,
  seen: { wanted: string; activation: string; units: number; run: RunEvent },
): Proposal | undefined {
  const { wanted, activation, units, run } = seen;
  const value = wanted === "softmax" && units < (run.classes ?? 0) ? run.classes : null;
  if (wanted === activation && value === null) return undefined;
  const instead = wanted === activation ? "" : ` instead of ${activation}`;
  const more = value === null ? "" : `, with ${value} units, one a class`;
  return {
    title: `End ${name} in ${wanted}${instead}${more}: ${run.loss} is made for that`,
    value,
    layers: [name],
  };
}

/** Class targets that use half of a range, or leave it (S4-16). */
function otherRange(loss: string, activation: string, { data }: History): string | undefined {
  const targets = data?.targets;
  if (!targets || targets.kind === "number") return undefined;
  const isHinge = /hinge/i.test(loss) && !/categorical/i.test(loss);
  if (targets.min >= 0 && (activation === "tanh" || isHinge) && !activationFor(loss)) {
    return `Map the targets to −1 and 1, the range of ${isHinge ? loss : activation}`;
  }
  return targets.min < 0 && activationFor(loss)
    ? `Map the targets to 0 and 1, the range of ${loss}`
    : undefined;
}
