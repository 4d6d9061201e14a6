/**
 * What a layer puts out has moved far from where it began: the next layer chases a moving target
 * (internal covariate shift).
 *
 * Compared with its own start, because a sigmoid's mean is far from zero by nature. Learning moves activations too,
 * so by itself this is a note.
 */
import type { LayerColumns } from "../../telemetry/events.ts";
import { defineDetector, type Limits, type Observation, type Thresholds } from "../detector.ts";
import { layerEvidence } from "../evidence.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { layerNormalization } from "../remedies/layer-normalization.ts";
import { byOutcome, OUTCOME } from "../theory/outcome.ts";
import { type HiddenLayer, hiddenStretches } from "../theory/stretches.ts";

const THRESHOLDS = {
  shift: {
    value: 3,
    what: "distance of the mean from where it began, in standard deviations",
    source: "Lesson 001 (S1-15)",
  },
  variance: {
    value: 10,
    what: "factor by which the variance changed",
    source: "Lesson 001 (S1-15); ten is the threefold drift of a healthy network, squared (S1-11)",
  },
  unlearned: OUTCOME.unlearned,
  wait: {
    ...OUTCOME.wait,
    value: 0.9,
    source:
      "Ours: learning itself moves activations, so the run must have taught nothing to its end",
  },
} as const satisfies Thresholds;

interface Drift extends HiddenLayer {
  shift: number;
  variance: number;
  mean: number;
  std: number;
}

export const activationDrift = defineDetector({
  symptom: "activation-drift",
  lesson: "Lesson 001, internal covariate shift (S1-15; Ioffe and Szegedy 2015)",
  needs: ["step.layers.activationMean", "step.layers.activationStd"],
  starts: "after nine sampled steps",
  thresholds: THRESHOLDS,
  remedies: [batchNormalization, layerNormalization],
  on: ["window"],
  create(limits) {
    let firstStep: number | undefined;
    let last = "";
    return (window, history) => {
      if (window.kind !== "window") return undefined;
      // Most windows end here: the latest step alone shows that nothing has drifted.
      const latest = history.lastStep?.layers;
      const drifts = latest && driftOf((column) => latest[column], history, limits).length > 0;
      const drifted = drifts ? driftOf((column) => window.of(column), history, limits) : [];
      if (drifted.length === 0) {
        if (firstStep === undefined) return undefined;
        firstStep = undefined;
        last = "";
        return null;
      }
      firstStep ??= window.firstStep;
      const severity = byOutcome("info", history, limits);
      const names = drifted.map(({ layer }) => layer.name);
      if (last === severity + names) return undefined;
      last = severity + names;
      const span = { firstStep, lastStep: window.lastStep };
      return { severity, ...span, layers: names, ...tell(drifted, history, limits, span) };
    };
  },
});

function driftOf(
  columns: (column: keyof LayerColumns) => ArrayLike<number | null>,
  history: History,
  limits: Limits<typeof THRESHOLDS>,
): Drift[] {
  const { initial } = history;
  const [means, stds] = [columns("activationMean"), columns("activationStd")];
  return hiddenStretches(history)
    .flat()
    .flatMap((hidden): Drift[] => {
      const { index } = hidden;
      const [mean, std] = [means[index] ?? Number.NaN, stds[index] ?? Number.NaN];
      const shift = Math.abs(mean - (initial?.activationMean[index] ?? Number.NaN)) / std;
      const variance = (std / (initial?.activationStd[index] ?? Number.NaN)) ** 2;
      const far = shift > limits.shift && shift < Number.POSITIVE_INFINITY;
      const wide = variance > limits.variance || variance < 1 / limits.variance;
      return far || wide ? [{ ...hidden, shift, variance, mean, std }] : [];
    });
}

function tell(
  drifted: Drift[],
  history: History,
  limits: Limits<typeof THRESHOLDS>,
  span: { firstStep: number; lastStep: number },
): Pick<Observation, "message" | "evidence" | "anchor"> {
  const names = drifted.map(({ layer }) => layer.name);
  const { layer } = drifted[0] as Drift;
  return {
    message: `The activations of ${list(names)} have drifted since the start: in ${layer.name} ${describe(drifted[0] as Drift)}.`,
    evidence: drifted.map((drift) =>
      layerEvidence(history, "activationStd", drift.index, {
        ...span,
        value: drift.variance,
        threshold: limits.variance,
        text: describe(drift),
      }),
    ),
    anchor: layer.anchor,
  };
}

function describe({ mean, std, shift, variance }: Drift): string {
  if (std === 0) return `every example gives the same ${short(mean)}, where they differed at first`;
  return `the mean is ${short(mean)} with a standard deviation of ${short(std)}, ${short(shift)} deviations from where it began, and the variance is ${short(variance)} times what it was`;
}
