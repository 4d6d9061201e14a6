/** The layer above a plot: cursor and box. Moving them leaves the chart below undrawn, however many lines it has. */
import { make } from "../dom.ts";
import type { Plot } from "./chart.ts";
import { readAt } from "./reading.ts";
import { linesAt, type Scene } from "./scene.ts";
import type { Range } from "./stage.ts";

/** More dots than that hide what they mark. */
const DOTS = 24;

export class Overlay {
  readonly element = make("canvas", "overlay");
  #width = 0;
  #height = 0;

  constructor() {
    this.element.setAttribute("aria-hidden", "true");
  }

  draw(plot: Plot, scene: Scene, cursor: number | null, box: Range | null): void {
    const context = this.#fresh(plot);
    if (!context || !plot.area) return;
    const { left, right, top, bottom } = plot.area;
    const inside = (x: number) => Math.max(left, Math.min(right, x));
    if (box) {
      const from = inside(plot.xOf(box.from));
      const to = inside(plot.xOf(box.to));
      context.fillStyle = scene.theme.focus;
      context.globalAlpha = 0.2;
      context.fillRect(from, top, to - from, bottom - top);
      context.globalAlpha = 1;
      context.fillRect(from - 0.5, top, 1, bottom - top);
      context.fillRect(to - 0.5, top, 1, bottom - top);
    }
    if (cursor === null || cursor < scene.from || cursor > scene.to) return;
    context.fillStyle = scene.theme.foreground;
    context.globalAlpha = 0.6;
    context.fillRect(Math.round(plot.xOf(cursor)), top, 1, bottom - top);
    context.globalAlpha = 1;
    if (scene.lines.length > DOTS) return;
    const trends = new Map(scene.trends.map((trend) => [trend.curve, trend.colour]));
    for (const { curve, stretch, colour } of linesAt(scene, cursor)) {
      const reading = readAt(stretch, cursor);
      if (!reading || !Number.isFinite(reading.value)) continue;
      if (reading.step < scene.from || reading.step > scene.to) continue;
      context.beginPath();
      context.arc(plot.xOf(reading.step), plot.yOf(reading.value), 3, 0, 2 * Math.PI);
      // A noisy line itself is too pale for a dot.
      context.fillStyle = trends.get(curve) ?? colour;
      context.fill();
      context.strokeStyle = scene.theme.background;
      context.stroke();
    }
  }

  /** The cleared context, in CSS pixels, as large as the chart: asking the element would lay out the page. */
  #fresh(plot: Plot): CanvasRenderingContext2D | null {
    const { element } = this;
    const ratio = window.devicePixelRatio;
    const width = Math.round(plot.size.width * ratio);
    const height = Math.round(plot.size.height * ratio);
    if (width !== this.#width || height !== this.#height) {
      element.width = this.#width = width;
      element.height = this.#height = height;
    }
    const context = element.getContext("2d");
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, width, height);
    return context;
  }
}
