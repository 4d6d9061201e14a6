/** DeepDiagnosis (Wardat et al., ICSE 2022), thresholds of its Keras callback. */
import { inARow, type Peer, type Rule } from "./peer.ts";

const BOUNDED = ["sigmoid", "hardSigmoid", "softmax"];

/** Of the last epoch only; a unit counts as dead that was silent on every example. */
const deadNode: Rule = (run) =>
  run.epochs.at(-1)?.silent.some((share) => (share ?? 0) >= 0.7) ?? false;

/** |z| of at least 5 in half of the units; within 0.01 of the asymptote is |z| ≥ 4.6 for a sigmoid. */
const saturation: Rule = (run) =>
  run.sampled.some(({ layers }) => layers.saturated.some((share) => (share ?? 0) > 0.5));

const vanishing: Rule = (run) =>
  run.sampled.some((step) => run.weighted.some((layer) => run.meanGradient(step, layer) < 1e-7));

const initialization: Rule = (run) => {
  const [first] = run.sampled;
  return (
    first !== undefined &&
    run.weighted.some((layer) => {
      const variance = run.weightVariance(first, layer);
      return variance < 1e-5 || variance > 10;
    })
  );
};

/** Learning rate × ‖gradient‖ / ‖weights‖. */
const learningRate: Rule = (run) =>
  run.sampled.some(({ learningRate: rate, layers }) =>
    run.weighted.some((layer) => {
      const ratio =
        (rate * (layers.gradientNorm[layer] ?? NaN)) / (layers.weightNorm[layer] ?? NaN);
      return ratio < 1e-5 || ratio > 0.1;
    }),
  );

/** Over 5 epochs' worth of steps. */
const unchangedWeights: Rule = (run) => {
  const steps = 5 * (run.run?.stepsPerEpoch ?? Number.POSITIVE_INFINITY);
  return run.weighted.some((layer) =>
    inARow(run.sampled, steps, ({ layers }) => layers.updateRatio[layer] === 0),
  );
};

const unchangedAccuracy: Rule = (run) => {
  const curve = run.trainCurve("accuracy");
  return curve.some((value, i) => {
    const window = curve.slice(i, i + 20);
    return window.length === 20 && window.every((other) => other === value);
  });
};

/** Targets that the last activation cannot reach. */
const outputRange: Rule = (run) => {
  const { min = 0, max = 1 } = run.data?.targets ?? {};
  const output = run.layers.at(-1)?.activation ?? "linear";
  if (BOUNDED.includes(output)) return min < 0 || max > 1;
  if (output === "tanh") return min < -1 || max > 1;
  return output === "relu" && min < 0;
};

const inputRange: Rule = (run) =>
  run.data !== undefined && (run.data.inputs.min < -1 || run.data.inputs.max > 1);

export const deepDiagnosis: Peer = {
  name: "DeepDiagnosis",
  source: "the callback in DeepDiagnosis/ICSE2022",
  rules: {
    "dead node": deadNode,
    saturation,
    vanishing,
    init: initialization,
    lr: learningRate,
    "unchanged weights": unchangedWeights,
    "unchanged accuracy": unchangedAccuracy,
    "output range": outputRange,
    "input range": inputRange,
    NaN: (run) => run.nonFinite,
  },
  leftOut: ["non-positive outputs of single units on single batches"],
};
