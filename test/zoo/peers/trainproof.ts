/** trainproof 0.22 (Mormolykos/trainproof, RULES.md): a linter of training logs; a log line is the mean of 10 steps. */
import { median } from "../../../diagnosis/robust.ts";
import { means, type Peer, type Rule, type Telemetry } from "./peer.ts";

const LOGGED_EVERY = 10;
const log = (run: Telemetry) =>
  means(
    run.steps.map(({ loss }) => loss),
    LOGGED_EVERY,
  );
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Relative variance below 1e-3. */
const flat: Rule = (run) => {
  const losses = log(run);
  if (losses.length < 5) return false;
  const middle = mean(losses);
  return mean(losses.map((loss) => (loss - middle) ** 2)) / middle ** 2 < 1e-3;
};

/** It ends above 1.5 times its minimum. */
const diverge: Rule = (run) => {
  const losses = log(run);
  return losses.length > 0 && (losses.at(-1) as number) > 1.5 * Math.min(...losses);
};

/** The median of the last five lines is less than 5 % below that of the first five. */
const deadRun: Rule = (run) => {
  const losses = log(run);
  return losses.length >= 10 && median(losses.slice(-5)) > 0.95 * median(losses.slice(0, 5));
};

const zeroRate: Rule = (run) =>
  run.steps.length > 0 &&
  run.steps.filter(({ learningRate }) => learningRate === 0).length >= 0.99 * run.steps.length;

const gradientSpike: Rule = (run) => {
  const norms = run.steps.map(({ gradientNorm }) => gradientNorm);
  return Math.max(...norms) > 10 * median(norms);
};

/** Validation loss 1.2 times its best while the training loss falls. */
const overfit: Rule = (run) => {
  const [train, validation] = [run.trainCurve("loss"), run.validationCurve("loss")];
  return validation.some(
    (loss, i) =>
      loss > 1.2 * Math.min(...validation.slice(0, i + 1)) &&
      (train[i] as number) < (train[i - 1] ?? Number.NaN),
  );
};

const failures = {
  NAN: (run) => run.steps.some(({ loss }) => !Number.isFinite(loss)),
  FLAT: flat,
  DIVERGE: diverge,
  "DEAD-RUN": deadRun,
  "ZERO-LR": zeroRate,
} satisfies Record<string, Rule>;

const source = "RULES.md of Mormolykos/trainproof 0.22";
const leftOut = ["step time cliff", "share of time in the loader", "data packs"];

export const trainproof: Peer = {
  name: "trainproof",
  source,
  rules: { ...failures, "GRAD-SPIKE": gradientSpike, OVERFIT: overfit },
  leftOut,
};

export const trainproofFailures: Peer = {
  name: "trainproof, FAIL level only",
  source,
  rules: failures,
  leftOut,
};
