/** Marks the steps at which a value was NaN or infinite: they have no place on the axis, and must not vanish. */
import type { Plugin } from "chart.js";
import type { SceneSource } from "../scene.ts";
import { inPlot, place } from "./brush.ts";

const WIDTH = 2;
const HEIGHT = 8;

export function marksPlugin(source: SceneSource): Plugin<"line"> {
  return {
    id: "marks",
    afterDatasetsDraw(chart) {
      const scene = source();
      const marked = scene?.lines.filter(({ stretch }) => stretch.marksX.length > 0) ?? [];
      if (!scene || marked.length === 0) return;
      const { top, bottom, right } = chart.chartArea;
      inPlot(chart, (context) => {
        context.fillStyle = scene.theme.error;
        let first = Infinity;
        const kinds = new Set<string>();
        for (const { stretch } of marked) {
          for (let i = 0; i < stretch.marksX.length; i++) {
            const x = Math.round(place(chart, "x", stretch.marksX[i] as number));
            context.fillRect(x - WIDTH / 2, top, WIDTH, HEIGHT);
            first = Math.min(first, x);
            kinds.add(Number.isNaN(stretch.marksY[i]) ? "NaN" : "∞");
          }
        }
        // A hairline under the first: where the trouble began.
        context.globalAlpha = 0.5;
        context.fillRect(first - 0.5, top, 1, bottom - top);
        context.globalAlpha = 1;
        context.font = `bold 11px ${scene.theme.fontFamily}`;
        context.textBaseline = "top";
        const name = [...kinds].join(", ");
        const width = context.measureText(name).width;
        const left = first + 5 + width > right ? first - 5 - width : first + 5;
        const y = top + HEIGHT + (scene.best ? 18 : 3);
        // Lines may pass behind the label.
        context.fillStyle = scene.theme.background;
        context.globalAlpha = 0.75;
        context.fillRect(left - 2, y - 2, width + 4, 14);
        context.globalAlpha = 1;
        context.fillStyle = scene.theme.error;
        context.fillText(name, left, y);
      });
    },
  };
}
