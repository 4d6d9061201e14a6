/** Shows the steps in which findings were seen: a strip for each, and the whole height for the chosen one. */
import type { Chart, Plugin } from "chart.js";
import type { Band, SceneSource } from "../scene.ts";
import { inPlot, place } from "./brush.ts";

const STRIP = 3;

export function bandsPlugin(source: SceneSource): Plugin<"line"> {
  return {
    id: "bands",
    beforeDatasetsDraw(chart) {
      const scene = source();
      for (const band of scene?.bands ?? []) {
        if (band.filled) fill(chart, band, scene?.theme.contrast ?? false);
        else strip(chart, band);
      }
    },
  };
}

function fill(chart: Chart, { from, to, colour }: Band, contrast: boolean): void {
  const { top, bottom } = chart.chartArea;
  const left = place(chart, "x", from);
  const width = Math.max(2, place(chart, "x", to) - left);
  inPlot(chart, (context) => {
    context.fillStyle = colour;
    context.globalAlpha = contrast ? 0.25 : 0.1;
    context.fillRect(left, top, width, bottom - top);
    context.globalAlpha = 0.7;
    context.fillRect(left, top, 1, bottom - top);
    context.fillRect(left + width - 1, top, 1, bottom - top);
  });
}

/** Below the axis: a line that lies at zero must not disappear behind it. */
function strip({ ctx, chartArea, scales }: Chart, { from, to, colour }: Band): void {
  const { left, right, bottom } = chartArea;
  const inside = (step: number) =>
    Math.max(left, Math.min(right, scales["x"]?.getPixelForValue(step) ?? left));
  const start = inside(from);
  const end = inside(to);
  if (from > (scales["x"]?.max ?? 0) || to < (scales["x"]?.min ?? 0)) return;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(start, bottom + 1, Math.max(2, end - start), STRIP);
  ctx.restore();
}
