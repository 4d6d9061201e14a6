/**
 * The weights start so small that the signal is lost on its way: the last layers see the same for every example.
 *
 * Judged by the size of weights and signal, never by a ratio of gradients, which is the same (0.69) for weights a
 * hundred times too small and for right ones, and never by saturation: tiny sigmoids have their largest slope.
 */
import type { InitialEvent } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { xavierInitialization } from "../remedies/xavier-initialization.ts";
import { type InitialGain, initialGain } from "../theory/initialGain.ts";
import { type SignalChange, signalChange } from "../theory/measuredSignal.ts";
import { judgeRisk, OUTCOME } from "../theory/outcome.ts";

const THRESHOLDS = {
  ratio: {
    value: 1e-3,
    what: "signal of the last hidden layer over that of the inputs",
    source: "Lesson 001 (S1-09)",
  },
  gain: {
    value: 0.01,
    what: "product of what the weights' scale is off by",
    source: "Lesson 000 (S0-02): 1 % of the reference",
  },
  layers: {
    value: 3,
    what: "successive layers whose weights are too small",
    source: "Saxe et al. 2014: gradient descent leaves a small start fast with fewer",
  },
  ...OUTCOME,
} as const satisfies Thresholds;

export const signalCollapse = defineDetector({
  symptom: "signal-collapse",
  lesson:
    "Lesson 000, weights too small; lesson 001, the 20-layer experiment (He et al. 2015; Saxe et al. 2014)",
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
  const fall = signalChange(initial, history, "fall");
  const small = initialGain(history, initial.layers, "small");
  const collapsed = fall !== undefined && fall.ratio < limits.ratio;
  if (!collapsed && !(small.gain < limits.gain)) return undefined;
  // Right weights, and many layers: depth's symptom, of which this is only a sign.
  const bySize = small.gain < limits.gain && small.layers.length >= limits.layers;
  return observe(history, { fall: collapsed ? fall : undefined, small, bySize, limits });
}

function observe(
  history: History,
  seen: {
    fall: SignalChange | undefined;
    small: InitialGain;
    bySize: boolean;
    limits: Limits<typeof THRESHOLDS>;
  },
): Observation {
  const { fall, small, bySize, limits } = seen;
  const span = { firstStep: 0, lastStep: 0 };
  const [first] = small.layers;
  const names = small.layers.map(({ layer }) => layer.name);
  const evidence: Observation["evidence"] = small.layers.map(({ index, off }) =>
    layerEvidence(history, "weightNorm", index, {
      ...span,
      value: off,
      threshold: 1,
      text: `weights start at ${short(off)} of the usual standard deviation`,
    }),
  );
  if (fall) {
    evidence.unshift(
      layerEvidence(history, "activationStd", fall.last.index, {
        ...span,
        value: fall.ratio,
        threshold: limits.ratio,
        text: `the signal has ${short(fall.ratio)} of the size of the inputs (trouble from ${short(limits.ratio)})`,
      }),
    );
  }
  const size = fall?.ratio ?? small.gain;
  const why = first
    ? `because the weights of ${list(names)} start too small, at ${short(first.off)} of the usual size in ${first.layer.name}`
    : "though the weights have a usual size: the layers are too many without normalisation";
  return {
    severity: bySize ? "warning" : "info",
    ...span,
    layers: names.length > 0 ? names : fall ? [fall.last.layer.name] : [],
    message: `Before the first update only ${short(size)} of the signal reaches ${fall?.last.layer.name ?? names.at(-1)}, ${why}.`,
    evidence,
    anchor: (first ?? fall?.first)?.layer.anchor ?? null,
  };
}
