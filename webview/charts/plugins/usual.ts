/** Shades the values that are usual, as a yardstick for the eye. */
import type { Plugin } from "chart.js";
import type { SceneSource } from "../scene.ts";
import { inPlot, place } from "./brush.ts";

export function usualPlugin(source: SceneSource): Plugin<"line"> {
  return {
    id: "usual",
    beforeDatasetsDraw(chart) {
      const scene = source();
      if (!scene?.usual) return;
      const { theme, usual, y } = scene;
      inPlot(chart, (context) => {
        const { left, right } = chart.chartArea;
        const top = place(chart, "y", Math.min(usual.to, y.max));
        const bottom = place(chart, "y", Math.max(usual.from, y.min));
        if (!(bottom > top)) return;
        context.fillStyle = theme.hues[2] ?? theme.foreground;
        context.globalAlpha = theme.contrast ? 0.22 : 0.1;
        context.fillRect(left, top, right - left, bottom - top);
        context.globalAlpha = 1;
        context.fillStyle = theme.muted;
        context.font = `10px ${theme.fontFamily}`;
        context.textAlign = "right";
        context.textBaseline = "top";
        context.fillText("usual", right - 4, top + 3);
      });
    },
  };
}
