/** The learning rate at each step: as it was, and as its schedule plans it. */
import type { Stretch } from "../../../telemetry/series.ts";
import { alive } from "../../header/words.ts";
import type { RunView } from "../../protocol.ts";
import { type FigureKind, makeFigure } from "./figure.ts";

export const learningRate: FigureKind = (run) =>
  run.curves.includes("learningRate")
    ? [
        makeFigure({
          id: "learningRate",
          title: "Learning rate",
          unit: "by step",
          lines: [{ curve: "learningRate", label: "learning rate", hue: 3, weight: "exact" }],
          planned: ahead(run),
        }),
      ]
    : [];

/** The plan from the last step on; null where there is none, or nothing comes any more. */
function ahead(run: RunView): Stretch | null {
  const { info, lastStep } = run;
  const planned = (alive(run) && info?.schedule?.planned) || [];
  const next = planned.findIndex(({ step }) => step > lastStep);
  const [before, after] = [planned[next - 1], planned[next]];
  if (!after) return null;
  // What was measured and what is planned are one line: it begins where the other ends.
  const share = before ? (lastStep - before.step) / (after.step - before.step) : 1;
  const from = before?.learningRate ?? after.learningRate;
  const here = from + share * (after.learningRate - from);
  const points = [{ step: lastStep, learningRate: here }, ...planned.slice(next)];
  return {
    x: Float64Array.from(points, ({ step }) => step),
    y: Float64Array.from(points, (point) => point.learningRate),
    marksX: new Float64Array(),
    marksY: new Float64Array(),
  };
}
