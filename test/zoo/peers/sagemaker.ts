/**
 * The built-in rules of Amazon SageMaker Debugger with their documented defaults
 * (`doc_source/debugger-built-in-rules.md` of the developer guide). Its code is not public. It looks every 500 steps by
 * default; here it sees every sampled step. "The loss does not decrease" is judged on epochs' losses: on
 * those of single batches it would alarm on everything.
 */
import { inARow, type Peer, type Rule } from "./peer.ts";

/** The mean absolute gradient of a layer is below 1e-7. */
const vanishingGradient: Rule = (run) =>
  run.sampled.some((step) => run.weighted.some((layer) => run.meanGradient(step, layer) < 1e-7));

/** In the first 10 steps: variances of two layers' weights differ by 10, gradients spread less than 0.001, or no decrease for 5. */
const poorInitialization: Rule = (run) => {
  const early = run.sampled.filter(({ step }) => step <= 10);
  const [first] = early;
  if (!first) return false;
  const variances = run.weighted.map((layer) => run.weightVariance(first, layer));
  if (Math.max(...variances) > 10 * Math.min(...variances)) return true;
  // From the 5th to the 95th percentile a normal distribution spreads 3.29 root mean squares.
  const spread = 3.29 * Math.sqrt(Math.PI / 2);
  const narrow = run.weighted.some((layer) => spread * run.meanGradient(first, layer) < 1e-3);
  if (narrow) return true;
  let lowest = Number.POSITIVE_INFINITY;
  return inARow(early, 5, ({ loss }) => {
    const higher = loss >= lowest;
    lowest = Math.min(lowest, loss);
    return higher;
  });
};

/** More than half of a layer's units are inactive on the data. */
const deadRelu: Rule = (run) =>
  run.epochs.some(({ silent }) => silent.some((share) => (share ?? 0) > 0.5));

const weightUpdateRatio: Rule = (run) =>
  run.sampled.some(({ layers }) =>
    layers.updateRatio.some((ratio) => ratio !== null && (ratio > 10 || ratio < 1e-8)),
  );

/** Weights that are all zero. */
const allZero: Rule = (run) =>
  run.sampled.some(({ layers }) => run.weighted.some((layer) => layers.weightNorm[layer] === 0));

/** Weights that are the same within a relative 1e-5 for 3 steps. */
const unchangedTensor: Rule = (run) =>
  run.weighted.some((layer) =>
    inARow(run.sampled, 3, ({ layers }) => (layers.updateRatio[layer] ?? 1) <= 1e-5),
  );

/** Not lower than 10 looks ago. */
const lossNotDecreasing: Rule = (run) => {
  const losses = run.trainCurve("loss");
  return losses.some((loss, i) => i >= 10 && loss >= (losses[i - 10] as number));
};

/** A validation loss more than 10 % above the training loss, once. */
const overfit: Rule = (run) =>
  run.epochs.some(({ train, validation }) => {
    const [own, unseen] = [train["loss"] ?? Number.NaN, validation?.["loss"] ?? Number.NaN];
    return (unseen - own) / own > 0.1;
  });

const rules = {
  VanishingGradient: vanishingGradient,
  ExplodingTensor: (run) => run.nonFinite,
  PoorWeightInitialization: poorInitialization,
  DeadRelu: deadRelu,
  WeightUpdateRatio: weightUpdateRatio,
  AllZero: allZero,
  UnchangedTensor: unchangedTensor,
  LossNotDecreasing: lossNotDecreasing,
} satisfies Record<string, Rule>;

const source = "Amazon SageMaker developer guide, Debugger built-in rules";
const leftOut = [
  "SaturatedActivation (inputs of activations)",
  "TensorVariance (no default)",
  "ClassImbalance and Confusion (errors by class)",
  "Overtraining (patience in its own saving interval)",
  "CheckInputImages, NLPSequenceRatio, StalledTrainingRule",
];

export const sagemaker: Peer = {
  name: "SageMaker Debugger, built-in rules",
  source,
  rules: { ...rules, Overfit: overfit },
  leftOut,
};

export const sagemakerWithoutOverfit: Peer = {
  name: "SageMaker Debugger without Overfit",
  source,
  rules,
  leftOut,
};
