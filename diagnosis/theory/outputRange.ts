/** What an activation can put out, and what a loss asks of it. */
import type { DataEvent } from "../../telemetry/events.ts";
import type { Observation } from "../detector.ts";
import type { Evidence } from "../finding.ts";

/** The end of a network, and what it is compared with. */
export interface Output {
  activation: string;
  units: number;
  loss: string;
  /** Undefined where it is not known. */
  fromLogits: boolean | undefined;
  targets: DataEvent["targets"];
}

export interface Mismatch {
  severity: Observation["severity"];
  message: string;
  evidence: Evidence;
}

export interface Range {
  least: number;
  most: number;
}

const ALL: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const POSITIVE: Range = { least: 0, most: Number.POSITIVE_INFINITY };
const UNIT: Range = { least: 0, most: 1 };
const CENTERED: Range = { least: -1, most: 1 };

/** By activation in lower case; those that are not listed are not known. */
const RANGES: Record<string, Range> = {
  linear: ALL,
  leakyrelu: ALL,
  prelu: ALL,
  gelu: { least: -0.17, most: Number.POSITIVE_INFINITY },
  swish: { least: -0.279, most: Number.POSITIVE_INFINITY },
  elu: { least: -1, most: Number.POSITIVE_INFINITY },
  // Klambauer et al. 2017: −λα.
  selu: { least: -1.758, most: Number.POSITIVE_INFINITY },
  relu: POSITIVE,
  softplus: POSITIVE,
  exponential: POSITIVE,
  relu6: { least: 0, most: 6 },
  sigmoid: UNIT,
  hardsigmoid: UNIT,
  softmax: UNIT,
  tanh: CENTERED,
  softsign: CENTERED,
};

export function rangeOf(activation: string): Range | undefined {
  return RANGES[activation.toLowerCase()];
}

export function isProbability(activation: string): boolean {
  return rangeOf(activation) === UNIT;
}

/** Losses that take the logarithm of what the network puts out. */
export function takesProbabilities(loss: string): boolean {
  return /cross_?entropy|kullback|kld/i.test(loss);
}

/**
 * How much smaller the gradient of the right class's logit is at the start, where all C classes are equally likely, than
 * that of cross-entropy, 1 − 1/C: behind softmax the mean over the C outputs of a squared or absolute error gives
 * 2 (C − 1) / C³, of a hinge (C − 1) / C³.
 * @returns a share from 0 to 1
 */
export function softmaxGradientShare(loss: string, classes: number): number {
  return (/hinge/i.test(loss) ? 1 : 2) / classes ** 2;
}
