/**
 * Sigmoid or tanh units in hidden layers that sit at their asymptotes, where the slope is next to nothing.
 *
 * The output layer is not judged: there, near 0 and 1 is where a trained network belongs.
 */
import type { LayerColumns } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence, type Span } from "../evidence.ts";
import type { Severity } from "../finding.ts";
import { list, percent, short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { standardizeInputs } from "../remedies/standardize-inputs.ts";
import { useRelu } from "../remedies/use-relu.ts";
import { xavierInitialization } from "../remedies/xavier-initialization.ts";
import { saturates } from "../theory/activations.ts";
import { byOutcome, OUTCOME } from "../theory/outcome.ts";
import { type HiddenLayer, hiddenStretches } from "../theory/stretches.ts";

const THRESHOLDS = {
  share: {
    value: 0.5,
    what: "share of a layer's outputs within 0.01 of an asymptote",
    source: "Lesson 000 (S0-01); SageMaker Debugger, SaturatedActivation",
  },
  severe: {
    value: 0.85,
    what: "the same, from which it costs by itself",
    source: "TheDeepChecker, ρ_B",
  },
  ...OUTCOME,
} as const satisfies Thresholds;

type Columns = (column: keyof LayerColumns) => ArrayLike<number | null>;
interface Saturated extends HiddenLayer {
  share: number;
  slope: number;
}

export const saturatedActivations = defineDetector({
  symptom: "saturated-activations",
  lesson:
    "Lesson 000, weights too large (S0-01); lesson 004, tanh (S4-13; LeCun et al. 1998; Glorot and Bengio 2010)",
  needs: ["initial.layers.saturated | step.layers.saturated"],
  wants: ["initial.layers.saturated"],
  starts: "before the first update",
  thresholds: THRESHOLDS,
  remedies: [xavierInitialization, standardizeInputs, useRelu, batchNormalization],
  on: ["initial", "window"],
  create(limits) {
    let firstStep: number | undefined;
    let last = "";
    return (occasion, history) => {
      const initial = occasion.kind === "initial";
      if (!initial && occasion.kind !== "window") return undefined;
      const columns: Columns = initial
        ? (name) => occasion.layers[name]
        : (name) => occasion.of(name);
      const layers = saturatedLayers(history, columns, limits.share);
      if (layers.length === 0) {
        if (firstStep === undefined) return undefined;
        firstStep = undefined;
        last = "";
        return null;
      }
      firstStep ??= initial ? 0 : occasion.firstStep;
      const worst = Math.max(...layers.map(({ share }) => share));
      // Units that come to saturate are what a network may learn; those that start so are a mistake.
      const risk = firstStep === 0 && worst >= limits.severe ? "warning" : "info";
      const severity = byOutcome(risk, history, limits);
      const names = list(layers.map(({ layer }) => layer.name));
      if (last === severity + names) return undefined;
      last = severity + names;
      const lastStep = initial ? 0 : occasion.lastStep;
      return observe(history, layers, severity, { firstStep, lastStep }, limits);
    };
  },
});

function saturatedLayers(history: History, columns: Columns, least: number): Saturated[] {
  const hidden = hiddenStretches(history)
    .flat()
    .filter(({ activation }) => saturates(activation));
  if (hidden.length === 0) return [];
  const saturated = columns("saturated");
  return hidden
    .filter(({ index }) => (saturated[index] ?? 0) > least)
    .map((layer): Saturated => {
      const { index, activation } = layer;
      const share = saturated[index] ?? Number.NaN;
      const m = columns("activationMean")[index] ?? Number.NaN;
      const s = columns("activationStd")[index] ?? Number.NaN;
      // The mean of y (1 − y) and of 1 − y²: the slopes at the outputs y.
      const slope = activation === "sigmoid" ? m - m * m - s * s : 1 - m * m - s * s;
      return { ...layer, share, slope };
    });
}

function observe(
  history: History,
  layers: Saturated[],
  severity: Severity,
  span: Span,
  { share: threshold }: Limits<typeof THRESHOLDS>,
): Observation {
  const worst = layers.reduce((a, b) => (b.share > a.share ? b : a));
  const names = layers.map(({ layer }) => layer.name);
  const when = span.firstStep === 0 ? "before the first update" : `since step ${span.firstStep}`;
  return {
    severity,
    ...span,
    layers: names,
    message: `${percent(worst.share)} of the ${worst.activation} outputs of ${list(names)} are at their asymptotes ${when}; the mean slope there is ${short(worst.slope)}, and little gradient passes.`,
    evidence: layers.map(({ index, share, slope }) =>
      layerEvidence(history, "saturated", index, {
        ...span,
        value: share,
        threshold,
        text: `${percent(share)} of the outputs within 0.01 of an asymptote, mean slope ${short(slope)}`,
      }),
    ),
    anchor: layers[0]?.layer.anchor ?? null,
  };
}
