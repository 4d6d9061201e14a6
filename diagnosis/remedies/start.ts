/** Layers whose weights start at another scale than theory asks for, or as copies of each other. */
import type { Observation } from "../detector.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import type { Proposal } from "../remedy.ts";
import { isRectifier } from "../theory/activations.ts";
import { TOLERATED_GAIN } from "../theory/initialGain.ts";
import { judgeInit, rightStd, startingStd } from "../theory/initialization.ts";
import { activationAfter, weightedLayers } from "../theory/network.ts";

/** Glorot under ReLU is √2 too small, which ten layers make 32: before that it is a matter of practice. */
const TOLERATED_LOSS = 30;

export interface WrongStart {
  name: string;
  activation: string;
  /** Standard deviation of the weights; NaN where it was not measured. */
  std: number;
  /** The one to have. */
  target: number;
}

/**
 * @returns the layers that start wrong: those whose factors make a wrong gain together, and of those that the
 * observation names the ones whose units are copies of each other or, where it tells of the time before the first
 * update, whose scale is wrong
 */
export function startingWrong(
  observation: Pick<Observation, "layers" | "firstStep">,
  history: History,
): WrongStart[] {
  const weighted = weightedLayers(history.layers).filter(({ layer }) => layer.type !== "rbf");
  const starts = weighted.map(({ layer, index }, i) => {
    const activation = activationAfter(history.layers, index);
    const std = startingStd(layer, history.initial?.weightNorm[index]);
    const fanIn = layer.fanIn ?? Number.NaN;
    const fanOut = layer.fanOut ?? fanIn;
    const { verdict, ratio } = judgeInit(std, activation, { fanIn, fanOut });
    return {
      name: layer.name,
      activation,
      std,
      target: targetStd(activation, fanIn, fanOut),
      verdict,
      ratio: Number.isNaN(ratio) ? 1 : ratio,
      copies: copiesIn(history, index),
      isOutput: i === weighted.length - 1,
    };
  });
  const gain = product(starts.filter(({ verdict }) => verdict === "too large"));
  // Small weights of the output are good practice: the first predictions are near a constant then.
  const isSmall = ({ verdict, isOutput }: (typeof starts)[number]) =>
    !isOutput && (verdict === "too small" || verdict === "zero");
  const loss = product(starts.filter(isSmall));
  return starts.filter((start) => {
    if (start.verdict === "too large" && gain >= TOLERATED_GAIN) return true;
    if (isSmall(start) && loss <= 1 / TOLERATED_LOSS) return true;
    if (!observation.layers.includes(start.name)) return false;
    const unknown = Number.isNaN(start.std);
    return start.copies || (observation.firstStep === 0 && (unknown || start.verdict !== "fits"));
  });
}

/** @param name of the scheme */
export function initialise(name: string, wrong: readonly WrongStart[]): Proposal | undefined {
  const [first] = wrong;
  if (!first) return undefined;
  const names = wrong.map((start) => start.name);
  const now = Number.isNaN(first.std) ? "" : ` instead of ${short(first.std)}`;
  return {
    title: `Initialise ${list(names)} with ${name}: standard deviation ${short(first.target)}${now}`,
    value: null,
    layers: names,
  };
}

/** Of He's, LeCun's or Xavier's scheme (lesson 003, S3-06, S3-07). */
function targetStd(activation: string, fanIn: number, fanOut: number): number {
  if (!isRectifier(activation) && activation.toLowerCase() !== "selu") {
    return Math.sqrt(2 / (fanIn + fanOut));
  }
  return rightStd(activation, fanIn, fanOut).most;
}

function copiesIn({ initialState, epochs }: History, index: number): boolean {
  const column = initialState?.identicalUnits ?? epochs[0]?.identicalUnits;
  return (column?.[index] ?? 0) > 0;
}

function product(starts: readonly { ratio: number }[]): number {
  return starts.reduce((all, { ratio }) => all * ratio, 1);
}
