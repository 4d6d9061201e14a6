/** Marks the epoch with the lowest validation loss. */
import type { Plugin } from "chart.js";
import type { SceneSource } from "../scene.ts";
import { inPlot, place } from "./brush.ts";

export function bestPlugin(source: SceneSource): Plugin<"line"> {
  return {
    id: "best",
    afterDatasetsDraw(chart) {
      const scene = source();
      if (!scene?.best) return;
      const { theme, best } = scene;
      if (best.step < scene.from || best.step > scene.to) return;
      inPlot(chart, (context) => {
        const { top, bottom, right } = chart.chartArea;
        const x = Math.round(place(chart, "x", best.step)) + 0.5;
        context.strokeStyle = theme.muted;
        context.lineWidth = 1;
        context.setLineDash([4, 3]);
        context.beginPath();
        context.moveTo(x, top);
        context.lineTo(x, bottom);
        context.stroke();
        context.font = `10px ${theme.fontFamily}`;
        context.textBaseline = "top";
        const width = context.measureText(best.label).width;
        const left = x + 4 + width > right ? x - 4 - width : x + 4;
        const y = best.low ? bottom - 18 : top + 11;
        // Lines may pass behind the label.
        context.fillStyle = theme.background;
        context.globalAlpha = 0.75;
        context.fillRect(left - 2, y - 2, width + 4, 13);
        context.globalAlpha = 1;
        context.fillStyle = theme.foreground;
        context.fillText(best.label, left, y);
      });
    },
  };
}
