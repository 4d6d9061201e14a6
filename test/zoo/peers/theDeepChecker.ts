/**
 * TheDeepChecker (Ben Braiek and Khomh, TOSEM 2022), thresholds of its `settings.yaml`; checks every 10 iterations. Its
 * statistical tests (F, CKA) are replaced by their plain bounds.
 */
import { inARow, means, type Peer, type Rule, type Sampled, type Telemetry } from "./peer.ts";

const EVERY = 10;
/** Windows in a row. */
const WINDOWS = 5;

const looks = (run: Telemetry): Sampled[] => run.sampled.filter((_, i) => i % EVERY === EVERY - 1);
const hidden = (run: Telemetry): number[] => run.weighted.slice(0, -1);

const deadNeurons: Rule = (run) =>
  run.epochs.some(({ silent }) => silent.some((share) => (share ?? 0) > 0.5));

const activationStd: Rule = (run) =>
  looks(run).some(({ layers }) =>
    hidden(run).some((layer) => {
      const std = layers.activationStd[layer] ?? 1;
      return std < 0.5 || std > 2;
    }),
  );

/** A layer's moving average beyond a bound, or changed by a factor in each of 5 windows. */
function drifts(
  values: readonly number[],
  beyond: (mean: number) => boolean,
  changed: (ratio: number) => boolean,
): boolean {
  const averages = means(values, EVERY);
  const ratios = averages.slice(1).map((mean, i) => mean / (averages[i] as number));
  return averages.some(beyond) || inARow(ratios, WINDOWS, changed);
}

const gradients = (run: Telemetry, layer: number) =>
  run.sampled.map((step) => run.meanGradient(step, layer));

const vanishing: Rule = (run) =>
  run.weighted.some((layer) =>
    drifts(
      gradients(run, layer),
      (mean) => mean < 1e-6,
      (ratio) => ratio <= 0.5,
    ),
  );

const exploding: Rule = (run) =>
  run.nonFinite ||
  run.weighted.some((layer) =>
    drifts(
      gradients(run, layer),
      (mean) => mean > 1e6,
      (ratio) => ratio >= 2,
    ),
  );

const weightsDiverge: Rule = (run) =>
  run.weighted.some((layer) =>
    drifts(
      run.sampled.map(({ layers }) => layers.weightNorm[layer] ?? Number.NaN),
      (mean) => mean > 1e8,
      (ratio) => ratio >= 2,
    ),
  );

const updateRatio: Rule = (run) =>
  run.weighted.some((layer) =>
    means(
      run.sampled.map(({ layers }) => layers.updateRatio[layer] ?? Number.NaN),
      EVERY,
    ).some((ratio) => ratio < 1e-4 || ratio > 0.1),
  );

const lossNotDecreasing: Rule = (run) => {
  const periods = means(
    run.steps.map(({ loss }) => loss),
    EVERY,
  );
  const falls = periods.slice(1).map((loss, i) => 1 - loss / (periods[i] as number));
  return inARow(falls, WINDOWS, (fall) => fall < 0.05);
};

const diverging: Rule = (run) => {
  const periods = means(
    run.steps.map(({ loss }) => loss),
    EVERY,
  );
  return periods.some((loss, i) => loss >= 2 * Math.min(...periods.slice(0, i + 1)));
};

const initialLoss: Rule = (run) => {
  const classes = run.run?.classes ?? 0;
  const loss = run.initial?.loss ?? run.steps[0]?.loss ?? Number.NaN;
  const expected = Math.log(classes);
  return classes > 1 && Math.abs(loss - expected) / expected >= 1;
};

/** Neither standardised nor in [0, 1] or [−1, 1]. */
const inputs: Rule = ({ data }) => {
  if (!data) return false;
  const { mean, std, min, max } = data.inputs;
  return !(Math.abs(mean) < 0.1 && Math.abs(std - 1) < 0.1) && !(min >= -1 && max <= 1);
};

export const theDeepChecker: Peer = {
  name: "TheDeepChecker",
  source: "settings.yaml of thedeepchecker/thedeepchecker",
  rules: {
    "dead neurons": deadNeurons,
    "activation std": activationStd,
    vanishing,
    exploding,
    "weights diverge": weightsDiverge,
    "update ratio": updateRatio,
    "loss not decreasing": lossNotDecreasing,
    diverging,
    "initial loss": initialLoss,
    "input scale": inputs,
  },
  leftOut: [
    "saturation by bins",
    "dead and negative weights",
    "smoothness and correlation of loss and accuracy",
    "ratio of penalty and data gradients",
    "label perplexity",
    "one batch overfit",
    "training against evaluation mode",
  ],
};
