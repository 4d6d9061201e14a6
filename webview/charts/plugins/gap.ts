/** Shades the distance between train and validation: that distance is what overfitting is read from. */
import type { Plugin } from "chart.js";
import { grounded, type Scene, type SceneLine, type SceneSource } from "../scene.ts";
import { inPlot, place } from "./brush.ts";

export function gapPlugin(source: SceneSource): Plugin<"line"> {
  return {
    id: "gap",
    beforeDatasetsDraw(chart) {
      const scene = source();
      const [train, validation] = gapLines(scene);
      if (!scene || !train || !validation) return;
      inPlot(chart, (context) => {
        context.beginPath();
        // There along one line and back along the other.
        const walk = ({ stretch }: SceneLine, backwards: boolean) => {
          const { length } = stretch.x;
          for (let k = 0; k < length; k++) {
            const i = backwards ? length - 1 - k : k;
            const y = grounded(stretch.y[i] as number, scene.y);
            context.lineTo(place(chart, "x", stretch.x[i] as number), place(chart, "y", y));
          }
        };
        walk(train, false);
        walk(validation, true);
        context.closePath();
        context.fillStyle = validation.colour;
        context.globalAlpha = scene.theme.contrast ? 0.3 : 0.16;
        context.fill();
      });
    },
  };
}

function gapLines(scene: Scene | null): (SceneLine | undefined)[] {
  return (scene?.gap ?? []).map((curve) => scene?.lines.find((line) => line.curve === curve));
}
