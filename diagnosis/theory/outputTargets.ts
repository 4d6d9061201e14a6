/** Quantities to predict against the range of the output's activation. */
import { short } from "../format.ts";
import { figure } from "./fromTheStart.ts";
import { type Mismatch, type Output, rangeOf } from "./outputRange.ts";

/**
 * An error where more of the targets than noise lies where the output cannot get, whatever is learned.
 * @param limits `unreachable` in standard deviations of the targets
 */
export function judgeQuantities(
  { activation, loss, targets }: Output,
  limits: { unreachable: number },
): Mismatch | undefined {
  const range = rangeOf(activation);
  if (targets?.kind !== "number") return undefined;
  const logarithmic = /poisson|logarithmic/i.test(loss) && targets.min < 0;
  if (logarithmic) return belowZero(loss, targets.min);
  if (!range || !(targets.std > 0)) return undefined;
  const below = range.least - targets.min;
  const above = targets.max - range.most;
  const out = Math.max(below, above);
  if (!(out > 0)) return undefined;
  const deviations = out / targets.std;
  const reach = Number.isFinite(range.most)
    ? `from ${short(range.least)} to ${short(range.most)}`
    : `from ${short(range.least)} up`;
  const text = `the targets reach from ${short(targets.min)} to ${short(targets.max)}`;
  const [value, threshold] =
    below >= above ? [targets.min, range.least] : [targets.max, range.most];
  return {
    severity: deviations > limits.unreachable ? "error" : "info",
    message: `${activation} puts out values ${reach}, and ${text}: ${short(deviations)} standard deviations are out of reach.`,
    evidence: figure("data.targets", value, threshold, text),
  };
}

/** Counts and logarithms know nothing below zero. */
function belowZero(loss: string, least: number): Mismatch {
  const text = `the targets go down to ${short(least)}`;
  return {
    severity: "error",
    message: `${loss} takes targets from 0 up, and ${text}.`,
    evidence: figure("data.targets.min", least, 0, text),
  };
}
