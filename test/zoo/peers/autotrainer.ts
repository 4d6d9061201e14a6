/**
 * AUTOTRAINER (Zhang et al., ICSE 2021; TDSC 2024), thresholds of `monitor.py`. It looks every 3 epochs, and reports
 * trouble of gradients only where the accuracy is bad too. Zero gradients of ReLU units are read off the
 * units that were silent all epoch.
 */
import type { EpochEvent } from "../../../telemetry/events.ts";
import type { Peer, Rule, Sampled, Telemetry } from "./peer.ts";

/** Θ: the accuracy below which training is bad. */
const BAD_ACCURACY = 0.6;
const EVERY_EPOCHS = 3;

const isBad = ({ train }: EpochEvent) => (train["accuracy"] ?? 1) < BAD_ACCURACY;

/** The last sampled step before an epoch's end. */
function stepAt(run: Telemetry, epoch: EpochEvent): Sampled | undefined {
  return run.sampled.findLast(({ step }) => step <= epoch.step);
}

/** Whether a look at the gradients of the first and the last layer shows trouble while the accuracy is bad. */
function whileBad(run: Telemetry, trouble: (first: number, last: number) => boolean): boolean {
  const [from, to] = [run.weighted[0], run.weighted.at(-1)];
  if (from === undefined || to === undefined) return false;
  return run.epochs.some((epoch) => {
    if (epoch.epoch % EVERY_EPOCHS !== 0 || !isBad(epoch)) return false;
    const norms = stepAt(run, epoch)?.layers.gradientNorm;
    return trouble(norms?.[from] ?? Number.NaN, norms?.[to] ?? Number.NaN);
  });
}

const explode: Rule = (run) =>
  run.nonFinite ||
  run.epochs.some(({ train }) => (train["loss"] ?? 0) >= 1e3) ||
  whileBad(run, (first, last) => first / last > 70);

const dyingRelu: Rule = (run) =>
  run.epochs.some((epoch) => isBad(epoch) && epoch.silent.some((share) => (share ?? 0) >= 0.7));

/** Local maxima of the accuracy that stand 0.03 above the next minimum, in a fifth of the epochs. */
const oscillating: Rule = (run) => {
  const curve = run.trainCurve("accuracy");
  const turns = curve.filter((value, i) => {
    const [before, after] = [curve[i - 1] ?? value, curve[i + 1] ?? value];
    return (value - before) * (after - value) < 0;
  });
  const gaps = turns.slice(1).filter((value, i) => Math.abs(value - (turns[i] as number)) >= 0.03);
  return gaps.length >= 0.2 * curve.length && gaps.length > 0;
};

/** After 30 % of the epochs. */
const slow: Rule = (run) => {
  const curve = run.trainCurve("accuracy");
  const planned = run.run?.epochs ?? curve.length;
  const seen = curve.filter((_, i) => i + 1 <= Math.max(2, Math.ceil(0.3 * planned)));
  const steps = seen.slice(1).map((value, i) => value - (seen[i] as number));
  return steps.length > 0 && Math.max(...steps) < 0.01 && Math.max(...seen) < BAD_ACCURACY;
};

/** Mean output of a layer. */
const abnormalData: Rule = (run) =>
  run.sampled.some(({ layers }) =>
    layers.activationMean.some((mean) => mean !== null && Math.abs(mean) >= 10),
  );

/** The table of losses and the activation that goes with each. */
const FITTING: Record<string, readonly string[]> = {
  categoricalCrossentropy: ["softmax"],
  sparseCategoricalCrossentropy: ["softmax"],
  binaryCrossentropy: ["sigmoid"],
};
const activationAndLoss: Rule = (run) => {
  const classes = run.data?.targets?.kind === "class";
  const output = run.layers.at(-1)?.activation ?? "linear";
  const fitting = FITTING[run.run?.loss ?? ""];
  return fitting ? !fitting.includes(output) : classes;
};

export const autotrainer: Peer = {
  name: "AUTOTRAINER",
  source: "monitor.py and reproduce.py of shiningrain/AUTOTRAINER",
  rules: {
    vanish: (run) => whileBad(run, (first, last) => first / last < 1e-3 && first < 1e-4),
    explode,
    relu: dyingRelu,
    oscillating,
    slow,
    "abnormal data": abnormalData,
    "activation/loss": activationAndLoss,
  },
  leftOut: ["largest weight above 5 (single weights)", "row sums of the output above 1.1"],
};
