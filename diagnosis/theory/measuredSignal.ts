/** How the size of the signal changes through the network before the first update: measured, not computed. */
import type { InitialEvent } from "../../telemetry/events.ts";
import type { History } from "../history.ts";
import { type HiddenLayer, hiddenStretches } from "./stretches.ts";

export interface SignalChange {
  first: HiddenLayer;
  last: HiddenLayer;
  /** Standard deviation of the activations of the last layer over that of what went in. */
  ratio: number;
}

/** A signal that falls or rises may go back by this much in one layer: units are few and drawn at random. */
const TOLERANCE = 1.5;

/**
 * The stretch of layers along which the signal changes most in one direction, layer after layer.
 * A direction is asked for because two layers apart may differ by chance, and a depth that multiplies does not.
 * @returns undefined where no stretch of two layers or more goes that way
 */
export function signalChange(
  initial: InitialEvent,
  history: History,
  direction: "fall" | "rise",
): SignalChange | undefined {
  const changes = hiddenStretches(history).flatMap((stretch, i): SignalChange[] => {
    const stds = stretch.map(({ index }) => initial.layers.activationStd[index] ?? Number.NaN);
    const input = i === 0 ? (history.data?.inputs.std ?? stds[0]) : stds[0];
    const steps = stds.map((std, at) => std / (at === 0 ? (input ?? 1) : (stds[at - 1] as number)));
    const one = (step: number) => (direction === "fall" ? step < TOLERANCE : step > 1 / TOLERANCE);
    if (stretch.length < 2 || !steps.every(one)) return [];
    const [first, last] = [stretch[0] as HiddenLayer, stretch.at(-1) as HiddenLayer];
    return [{ first, last, ratio: steps.reduce((product, step) => product * step, 1) }];
  });
  const order = (change: SignalChange) => (direction === "fall" ? change.ratio : -change.ratio);
  return changes.sort((a, b) => order(a) - order(b))[0];
}
