/** What the plugins share: drawing inside the plot and nowhere else. */
import type { Chart } from "chart.js";

/** Runs a drawing that is cut off at the plot's edge and leaves no trace in the canvas state. */
export function inPlot(chart: Chart, draw: (context: CanvasRenderingContext2D) => void): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(
    chartArea.left,
    chartArea.top,
    chartArea.right - chartArea.left,
    chartArea.bottom - chartArea.top,
  );
  ctx.clip();
  draw(ctx);
  ctx.restore();
}

/** The place of a value on one of the chart's axes. */
export function place(chart: Chart, axis: "x" | "y", value: number): number {
  return chart.scales[axis]?.getPixelForValue(value) ?? Number.NaN;
}
