/** Radial-basis units where distances say little: in many dimensions, or on top of each other; or far from all inputs. */
import type { RunEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { list, percent, short } from "../format.ts";
import { useRelu } from "../remedies/use-relu.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";

const isRbf = ({ type }: { type: string }) => /^(rbf|radial)/i.test(type);

export const rbfMisused = defineDetector({
  symptom: "rbf-misused",
  lesson:
    "Lesson 004, trick 7: radial-basis units are for shallow, low-dimensional networks (S4-17)",
  needs: ["run.layers"],
  wants: ["initial.layers.activationMean"],
  starts: "before the first update, from the layers and one forward pass",
  thresholds: {
    inputs: { value: 20, what: "inputs of a radial-basis layer", source: "Lesson 004 (S4-17)" },
    stacked: { value: 2, what: "radial-basis layers in one network", source: "S4-17" },
    activation: {
      value: 1e-6,
      what: "mean output of a radial-basis layer",
      source: "Lesson 004 (S4-17)",
    },
  },
  remedies: [useRelu],
  on: ["run", "initial"],
  create(limits) {
    return (event, { layers, run }) => {
      if (!run || (event.kind !== "run" && event.kind !== "initial")) return undefined;
      const means = event.kind === "initial" ? event.layers.activationMean : [];
      const dead = layers.flatMap((layer, index) => {
        const mean = means[index];
        return isRbf(layer) && typeof mean === "number" && mean < limits.activation
          ? [{ layer, index, mean }]
          : [];
      });
      const [first] = dead;
      if (!first) return misplaced(run, limits);
      const { name, anchor } = first.layer;
      const text = `the units of ${name} put out ${short(first.mean)} on average`;
      return fromTheStart({
        severity: "warning",
        layers: dead.map(({ layer }) => layer.name),
        message: `${text}: all examples are too far from their centres, and no gradient reaches them.`,
        evidence: [
          figure(`layer.${first.index}.activationMean`, first.mean, limits.activation, text, name),
        ],
        anchor,
      });
    };
  },
});

function misplaced(
  { layers }: RunEvent,
  limits: { inputs: number; stacked: number },
): Observation | undefined {
  const all = layers.filter(isRbf);
  const wide = all.filter(({ fanIn }) => (fanIn ?? 0) > limits.inputs);
  const [first] = wide.length > 0 ? wide : all;
  if (!first || (wide.length === 0 && all.length <= limits.stacked)) return undefined;
  const inputs = first.fanIn ?? 0;
  const text =
    wide.length > 0
      ? `${list(wide.map(({ name }) => name))} measures distances over ${inputs} inputs, which are all nearly the same (they differ by about ${percent(1 / Math.sqrt(2 * inputs))})`
      : `${all.length} radial-basis layers follow each other`;
  return fromTheStart({
    layers: (wide.length > 0 ? wide : all).map(({ name }) => name),
    message: `${text}: radial-basis units suit shallow networks with few inputs.`,
    evidence: [
      wide.length > 0
        ? figure("layers.fanIn", inputs, limits.inputs, text, first.name)
        : figure("layers", all.length, limits.stacked, text),
    ],
    anchor: first.anchor,
  });
}
