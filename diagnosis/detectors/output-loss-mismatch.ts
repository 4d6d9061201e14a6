/** The output's activation, the loss and the targets do not fit together. */
import type { DataEvent, RunEvent } from "../../telemetry/events.ts";
import { defineDetector } from "../detector.ts";
import { matchingLoss } from "../remedies/matching-loss.ts";
import { matchingOutput } from "../remedies/matching-output.ts";
import { fromTheStart } from "../theory/fromTheStart.ts";
import { outputLayer } from "../theory/network.ts";
import { judgeClassOutput, judgeOutput } from "../theory/outputLoss.ts";
import type { Output } from "../theory/outputRange.ts";
import { judgeQuantities } from "../theory/outputTargets.ts";

export const outputLossMismatch = defineDetector({
  symptom: "output-loss-mismatch",
  lesson:
    "Lesson 004, softmax with cross-entropy instead of targets at the asymptotes (S4-16); NeuraLint (Nikanjam et al. 2021)",
  needs: ["run.layers", "run.loss"],
  wants: ["data.targets"],
  starts: "before the first update, from the settings and the range of the targets",
  thresholds: {
    unreachable: {
      value: 0.5,
      what: "standard deviations of the targets that lie out of the activation's reach",
      source: "Ours: less than that is noise on targets that fit",
    },
  },
  remedies: [matchingOutput, matchingLoss],
  on: ["run", "data"],
  create(limits) {
    return (event, { run, data }) => {
      if (!run || (event.kind !== "run" && event.kind !== "data")) return undefined;
      const output = outputOf(run, data);
      if (!output) return undefined;
      const found =
        judgeOutput(output) ?? judgeQuantities(output, limits) ?? judgeClassOutput(output);
      const { name = "", anchor = null } = outputLayer(run.layers)?.layer ?? {};
      if (!found) return undefined;
      const { severity, message, evidence } = found;
      return fromTheStart({
        severity,
        message,
        layers: [name],
        evidence: [{ ...evidence, layer: name }],
        anchor: anchor ?? run.anchors.loss,
      });
    };
  },
});

/** Undefined where a layer of a kind that is not known may still change what is put out. */
function outputOf(run: RunEvent, data: DataEvent | undefined): Output | undefined {
  const output = outputLayer(run.layers);
  if (!output?.layer.units || run.loss === "") return undefined;
  const behind = run.layers.slice(output.index + 1);
  if (behind.some(({ type }) => !/activation|drop|softmax|sigmoid|flatten|norm/i.test(type))) {
    return undefined;
  }
  const { fromLogits, loss } = run;
  return {
    activation: output.activation,
    units: output.layer.units,
    loss,
    fromLogits,
    targets: data?.targets,
  };
}
