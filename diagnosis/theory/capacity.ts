/** What keeps a network from learning however long it trains: no bend in it, penalties, or dropout. */
import type { LayerInfo } from "../../telemetry/events.ts";
import type { Limits } from "../detector.ts";
import { list, percent } from "../format.ts";
import type { History } from "../history.ts";

export const RESTRAINTS = {
  penalty: {
    value: 0.1,
    what: "share of the first loss that is penalties on the weights",
    source: "TheDeepChecker: the penalty's gradient must not outweigh the data's",
  },
  dropout: {
    value: 0.6,
    what: "rate of a dropout layer",
    source: "Lessons 000, 001, 002: 0.5 at most; UMLAUT",
  },
} as const;
export type Restraints = Limits<typeof RESTRAINTS>;

export interface HeldBack {
  key: "linear" | "bottleneck" | "penalty" | "dropout";
  text: string;
  layers: LayerInfo[];
}

export function heldBackBy(history: History, limits: Restraints): HeldBack | undefined {
  const { layers } = history;
  const linear = linearLayers(layers);
  if (linear.length > 0) {
    const text =
      "no hidden layer has an activation function, so all of them together are one linear map";
    return { key: "linear", text, layers: linear };
  }
  const narrow = beforeOutput(layers).filter(isBottleneck);
  if (narrow.length > 0) {
    const text = `all that passes through ${list(narrow.map(({ name }) => name))} is one number`;
    return { key: "bottleneck", text, layers: narrow };
  }
  const penalized = layers.filter(({ l1, l2 }) => (l1 ?? 0) > 0 || (l2 ?? 0) > 0);
  const penalty = penaltyShare(history);
  if (penalized.length > 0 && penalty >= limits.penalty) {
    const text = `penalties on the weights make up ${percent(penalty)} of what is minimised at first`;
    return { key: "penalty", text, layers: penalized };
  }
  const dropped = layers.filter(({ rate }) => (rate ?? 0) >= limits.dropout);
  if (dropped.length === 0) return undefined;
  const text = `dropout takes ${percent(Math.max(...dropped.map(({ rate }) => rate ?? 0)))} of a layer's outputs away`;
  return { key: "dropout", text, layers: dropped };
}

/** The types of layers that are linear maps where they have no activation. */
const LINEAR = /^(dense|conv|flatten|reshape|inputLayer|dropout|batch|average|globalAverage)/i;

/** What comes before the last layer with weights. */
export function beforeOutput(layers: readonly LayerInfo[]): LayerInfo[] {
  return layers.slice(
    0,
    Math.max(
      0,
      layers.findLastIndex(({ fanIn }) => fanIn !== null),
    ),
  );
}

/** A hidden layer of one unit. */
function isBottleneck({ units, fanIn }: LayerInfo): boolean {
  return units === 1 && fanIn !== null;
}

/** The hidden layers with weights, where not one of them bends anything. */
function linearLayers(layers: readonly LayerInfo[]): LayerInfo[] {
  const bends = ({ type, activation }: LayerInfo) =>
    (activation !== null && activation !== "linear") || !LINEAR.test(type);
  const before = beforeOutput(layers);
  return before.some(bends) ? [] : before.filter(({ fanIn }) => fanIn !== null);
}

/** Share of the penalties λ Σ |w| and λ Σ w² of the initial weights in what the training minimises at first. */
function penaltyShare({ layers, initial, initialLoss }: History): number {
  const penalty = layers.reduce((sum, { l1, l2, parameters }, i) => {
    const norm = initial?.weightNorm[i] ?? 0;
    // For normal weights the mean of |w| is √(2/π) of their standard deviation.
    const absolute = norm * Math.sqrt(parameters) * 0.8;
    return sum + (l2 ?? 0) * norm ** 2 + (l1 ?? 0) * absolute;
  }, 0);
  return penalty / (initialLoss + penalty);
}
