/** Every kind of figure, in the order of the page. */
import type { RunView } from "../../protocol.ts";
import type { Figure, FigureKind } from "./figure.ts";
import { gradients, silentUnits, updateRatios } from "./layers.ts";
import { loss } from "./loss.ts";
import { metrics } from "./metrics.ts";
import { learningRate } from "./rate.ts";

const KINDS: FigureKind[] = [loss, metrics, gradients, silentUnits, updateRatios, learningRate];

/** The figures that a run can show. */
export function figures(run: RunView): Figure[] {
  return KINDS.flatMap((kind) => kind(run));
}
