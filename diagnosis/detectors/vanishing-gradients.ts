/**
 * The gradient shrinks on its way to the first layers, which then learn nothing.
 *
 * Tiny gradients alone are no trouble: a converged network has them everywhere. So what is judged is a layer against
 * the others, and the outcome. A uniformly wrong scale of the weights leaves that ratio as it is: `signal-collapse`.
 */
import type { InitialEvent } from "../../telemetry/events.ts";
import {
  defineDetector,
  type Judge,
  type Limits,
  type Observation,
  type Thresholds,
} from "../detector.ts";
import { layerEvidence, nameOf, type Span } from "../evidence.ts";
import { short } from "../format.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { residualBlocks } from "../remedies/residual-blocks.ts";
import { useRelu } from "../remedies/use-relu.ts";
import { median } from "../robust.ts";
import {
  type Chain,
  flatteningChain,
  type GradientFall,
  gradientFall,
} from "../theory/gradientChain.ts";
import { failed, judgeRisk, OUTCOME } from "../theory/outcome.ts";

/** Half of what a sigmoid puts out by nature. */
const OFF_CENTRE = 0.25;

const THRESHOLDS = {
  ratio: {
    value: 1e-4,
    what: "smallest gradient norm of a layer over the largest, before the first update",
    source: "Lesson 001 (S1-04)",
  },
  depth: {
    value: 4,
    what: "successive layers whose activation flattens",
    source: "Lesson 001 (S1-05)",
  },
  later: {
    value: 1e-3,
    what: "the same ratio during training, where nothing is learned",
    source: "AUTOTRAINER, β1",
  },
  ...OUTCOME,
} as const satisfies Thresholds;

export const vanishingGradients = defineDetector({
  symptom: "vanishing-gradients",
  lesson:
    "Lesson 001, vanishing gradients and the sigmoid chain (Hochreiter 1991; Glorot and Bengio 2010)",
  needs: ["initial.layers.gradientNorm | step.layers.gradientNorm"],
  wants: ["initial.layers.gradientNorm"],
  starts: "before the first update",
  thresholds: THRESHOLDS,
  remedies: [useRelu, heInitialization, residualBlocks, batchNormalization],
  on: ["initial", "window", "epoch", "end"],
  create(limits) {
    const risk = judgeRisk((initial, history) => look(initial, history, limits), limits);
    const late = judgeLater(limits);
    let atStart = false;
    return (occasion, history) => {
      const judged = risk(occasion, history);
      atStart ||= Boolean(judged);
      return atStart ? judged : late(occasion, history);
    };
  },
});

function look(
  initial: InitialEvent,
  history: History,
  limits: Limits<typeof THRESHOLDS>,
): Observation | undefined {
  const chain = flatteningChain(history);
  const fall = gradientFall(initial.layers.gradientNorm, history);
  const vanished = fall !== undefined && fall.ratio < limits.ratio;
  // The slope of tanh is 1 at best: only what was measured speaks against a chain of them.
  const long = chain.layers.length >= limits.depth && chain.atBest < 1;
  if (!vanished && !long) return undefined;
  const span = { firstStep: 0, lastStep: 0 };
  const severity = vanished ? "warning" : "info";
  return { severity, ...observe(history, { fall, chain, span, threshold: limits.ratio }) };
}

/** Two windows in a row, in a run that had its time and learned nothing. */
function judgeLater(limits: Limits<typeof THRESHOLDS>): Judge {
  let since: number | undefined;
  let open = false;
  return (occasion, history) => {
    if (occasion.kind !== "window") return undefined;
    const failing = failed(history, limits);
    if (!failing && !open) return undefined; // spares the medians of a healthy run
    const fall = gradientFall(occasion.of("gradientNorm"), history);
    const vanished = fall !== undefined && fall.ratio < limits.later;
    if (!vanished || !failing) {
      since = undefined;
      const over = open && !vanished;
      if (over) open = false;
      return over ? null : undefined;
    }
    const first = since === undefined;
    since ??= occasion.firstStep;
    if (first || open) return undefined;
    open = true;
    const span = { firstStep: since, lastStep: occasion.lastStep };
    const chain = flatteningChain(history);
    return {
      severity: "error",
      ...observe(history, { fall, chain, span, threshold: limits.later }),
    };
  };
}

function observe(
  history: History,
  seen: { fall: GradientFall | undefined; chain: Chain; span: Span; threshold: number },
): Omit<Observation, "severity"> {
  const { fall, chain, span, threshold } = seen;
  const [first] = chain.layers;
  const activation = first?.activation;
  const place = fall ? nameOf(history, fall.index) : (first?.layer.name ?? "");
  const chained = `${chain.layers.length} layers of ${activation} follow one another, and at best ${short(chain.atBest)} of a gradient passes them${offCentre(chain, history)}`;
  const measured = fall
    ? `the gradient of ${place} is ${short(fall.ratio)} of the largest`
    : "the first layers get next to none";
  return {
    ...span,
    layers: chain.layers.length > 1 ? chain.layers.map(({ layer }) => layer.name) : [place],
    message: `The gradient fades on its way back: ${measured}${chain.atBest < 1 && chain.layers.length > 1 ? `; ${chained}` : ""}.`,
    evidence: [
      ...(fall
        ? [
            layerEvidence(history, "gradientNorm", fall.index, {
              ...span,
              value: fall.ratio,
              threshold,
              text: `gradient norm ${short(fall.norm)}, ${short(fall.ratio)} of the largest of a layer (trouble from ${short(threshold)})`,
            }),
          ]
        : []),
      ...(first && chain.atBest < 1
        ? [
            {
              metric: "depth",
              layer: first.layer.name,
              ...span,
              value: chain.atBest,
              threshold,
              text: chained,
            },
          ]
        : []),
    ],
    anchor: (first?.layer ?? (fall && history.layers[fall.index]))?.anchor ?? null,
  };
}

/** Outputs that are not centred slow the next layer down: lesson 004 (S4-12; LeCun et al. 1998, section 4.4). */
function offCentre({ layers }: Chain, { initial }: History): string {
  const means = layers.map(({ index }) => initial?.activationMean[index] ?? 0);
  const mean = median(means);
  return Math.abs(mean) >= OFF_CENTRE ? `, and put out ${short(mean)} on average, not 0` : "";
}
