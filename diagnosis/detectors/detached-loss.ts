/**
 * The loss is computed, and no gradient comes back from it: somewhere on the way the computation was cut off.
 *
 * A gradient of zero has other reasons too, which are other symptoms: an output that is constant, saturated or clipped,
 * dead layers, or nothing left to learn. Those are ruled out first.
 */
import type { LayerColumns } from "../../telemetry/events.ts";
import { defineDetector, type Judge, type Observation } from "../detector.ts";
import { layerEvidence } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { type PlacedLayer, weightedLayers } from "../theory/network.ts";

/** Between here and there an output is neither clipped nor saturated: half of what 32 bits resolve beside 1. */
const CLIPPED = 1e-6;
/** A gradient above this does not end in zeros in the next layer by rounding. */
const RESOLVED = 1e-6;

export const detachedLoss = defineDetector({
  symptom: "detached-loss",
  lesson: "Lesson 002, backpropagation; lesson 003, overfit one batch (S3-22)",
  needs: ["step.gradientNorm", "step.layers.gradientNorm"],
  wants: ["initial.outputs"],
  starts: "after three steps",
  thresholds: {
    steps: {
      value: 3,
      what: "first steps without any gradient",
      source: "TrainCheck: a silent fault within 3 steps",
    },
    loss: {
      value: 0.01,
      what: "loss over that of knowing nothing, below which nothing is left to learn",
      source: "Lesson 003 (S3-22) calls 5 % memorised",
    },
  },
  remedies: [],
  on: ["step"],
  create(limits): Judge {
    let streak = 0;
    let done = false;
    return (step, history) => {
      if (step.kind !== "step" || done) return undefined;
      if (!step.layers) return undefined;
      const cut = cutOff(step.layers, history);
      const learning = Number.isFinite(step.loss) && step.loss > limits.loss * history.chanceLoss;
      if (cut.length === 0 || !learning || isExplained(history)) {
        done = true;
        return undefined;
      }
      if (++streak < limits.steps) return undefined;
      done = true;
      return observe(history, cut, {
        firstStep: step.step - limits.steps + 1,
        step: step.step,
        loss: step.loss,
      });
    };
  },
});

/** The layers without gradient: all, or all below one that has a clear gradient and weights to pass it on. */
function cutOff(columns: LayerColumns, history: History): PlacedLayer[] {
  const layers = weightedLayers(history.layers).filter(({ layer }) => layer.trainable !== false);
  const first = layers.findIndex(({ index }) => columns.gradientNorm[index] !== 0);
  if (first < 0) return layers;
  const below = layers.slice(0, first);
  const above = layers[first];
  const passesOn =
    above !== undefined &&
    (columns.gradientNorm[above.index] ?? 0) > RESOLVED &&
    (columns.weightNorm[above.index] ?? 0) > 0;
  return passesOn && below.every(({ index }) => isAlive(columns, index)) ? below : [];
}

/** Whether what the layer puts out varies and has a slope. */
function isAlive({ activationStd, silent, saturated }: LayerColumns, index: number): boolean {
  const shares = [silent[index] ?? 0, saturated[index] ?? 0];
  return (activationStd[index] ?? 0) > 0 && shares.every((share) => share < 0.5);
}

function isExplained({ run, initialState, initial, layers }: History): boolean {
  const { outputs, identicalUnits } = initialState ?? {};
  const constant = outputs?.spread === 0;
  const clipped = outputs !== undefined && (outputs.min < CLIPPED || outputs.max > 1 - CLIPPED);
  const byClip =
    /crossentropy/i.test(run?.loss ?? "") ||
    /softmax|sigmoid/i.test(layers.findLast(({ activation }) => activation)?.activation ?? "");
  const dead = initial?.silent.some((share) => share === 1) ?? false;
  const symmetric = identicalUnits?.some((share) => share === 1) ?? false;
  return constant || (byClip && clipped) || dead || symmetric;
}

function observe(
  history: History,
  cut: readonly PlacedLayer[],
  seen: { firstStep: number; step: number; loss: number },
): Observation {
  const span = { firstStep: seen.firstStep, lastStep: seen.step };
  const names = cut.map(({ layer }) => layer.name);
  const all = cut.length === weightedLayers(history.layers).length;
  return {
    severity: "error",
    ...span,
    layers: names,
    message: `No gradient reaches ${all ? "any layer" : list(names)}: it is exactly 0 since the first step, at a loss of ${short(seen.loss)}. The computation is cut off between ${all ? "the network and the loss" : `${names.at(-1)} and the layer above it`}, as by a value taken out of it or a detached copy.`,
    evidence: cut.map(({ index }) =>
      layerEvidence(history, "gradientNorm", index, {
        ...span,
        value: 0,
        threshold: 0,
        text: `gradient norm exactly 0 over the first ${seen.step - seen.firstStep + 1} steps`,
      }),
    ),
    anchor: all ? (history.run?.anchors.loss ?? null) : (cut.at(-1)?.layer.anchor ?? null),
  };
}
