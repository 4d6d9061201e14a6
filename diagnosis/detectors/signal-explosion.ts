/**
 * The weights start so large that the signal grows from layer to layer: the output is sure of nonsense, and the first
 * gradients are as much too large, or exactly zero where the loss is clipped.
 */
import type { InitialEvent } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { xavierInitialization } from "../remedies/xavier-initialization.ts";
import { saturates } from "../theory/activations.ts";
import { initialGain } from "../theory/initialGain.ts";
import { signalChange } from "../theory/measuredSignal.ts";
import { judgeRisk, OUTCOME } from "../theory/outcome.ts";

const THRESHOLDS = {
  ratio: {
    value: 1e3,
    what: "signal of the last hidden layer over that of the inputs",
    source: "Lesson 001 (S1-10)",
  },
  gain: {
    value: 10,
    what: "product of what the weights' scale is off by",
    source: "Three times the drift of a healthy He network over 20 layers (S1-11)",
  },
  loss: {
    value: 2,
    what: "loss before the first update over that of knowing nothing",
    source: "TheDeepChecker: an initial loss off by 100 %",
  },
  ...OUTCOME,
} as const satisfies Thresholds;

export const signalExplosion = defineDetector({
  symptom: "signal-explosion",
  lesson: "Lesson 001, the 20-layer experiment; lesson 003, the decision table (He et al. 2015)",
  needs: ["initial.layers.weightNorm"],
  wants: ["initial.layers.activationStd", "data.inputs"],
  starts: "before the first update",
  thresholds: THRESHOLDS,
  remedies: [heInitialization, xavierInitialization, batchNormalization],
  on: ["initial", "window", "epoch", "end"],
  create: (limits) => judgeRisk((initial, history) => look(initial, history, limits), limits),
});

function look(
  initial: InitialEvent,
  history: History,
  limits: Limits<typeof THRESHOLDS>,
): Observation | undefined {
  const { gain, layers } = initialGain(history, initial.layers, "large");
  const [first] = layers;
  const last = layers.at(-1);
  // What flattens bounds the signal, and saturates instead.
  if (!(gain >= limits.gain) || !first || !last || layers.every(isBounded)) return undefined;
  const rise = signalChange(initial, history, "rise");
  // Large biases count among the weights; a signal that is measured to be small is not too large.
  const measured = initial.layers.activationStd[last.index] ?? Number.NaN;
  if (!rise && measured < (history.data?.inputs.std ?? 0)) return undefined;
  const exploded = rise !== undefined && rise.ratio >= limits.ratio;
  const lossRatio = initial.loss / history.chanceLoss;
  const wrong = !(lossRatio < limits.loss) && !Number.isNaN(history.chance.loss);
  const span = { firstStep: 0, lastStep: 0 };
  const size = rise?.ratio ?? gain;
  const names = layers.map(({ layer }) => layer.name);
  return {
    severity: exploded && wrong ? "error" : exploded || wrong ? "warning" : "info",
    ...span,
    layers: names,
    message: `Before the first update the signal is ${short(size)} times as large in ${last.layer.name} as the inputs are, because the weights of ${list(names)} start too large, at ${short(first.off)} times the usual size in ${first.layer.name}.`,
    evidence: [
      layerEvidence(history, "activationStd", last.index, {
        ...span,
        value: size,
        threshold: rise ? limits.ratio : limits.gain,
        text: `the signal is ${short(size)} times the size of the inputs`,
      }),
      ...layers.map(({ index, off }) =>
        layerEvidence(history, "weightNorm", index, {
          ...span,
          value: off,
          threshold: 1,
          text: `weights start at ${short(off)} times the usual standard deviation`,
        }),
      ),
      {
        metric: "loss",
        layer: null,
        ...span,
        value: initial.loss,
        threshold: limits.loss * history.chanceLoss,
        text: `loss ${short(initial.loss)} before the first update, where knowing nothing gives ${short(history.chanceLoss)}`,
      },
    ],
    anchor: first.layer.anchor,
  };
}

const isBounded = ({ activation }: { activation: string }) => saturates(activation);
