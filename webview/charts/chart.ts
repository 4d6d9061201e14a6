/**
 * One canvas, drawn by chart.js. Only this folder knows chart.js: this file, its plugins, and the colours.
 * Its own thinning stays off: the stretches come thinned, and its plugin stops drawing when points are added.
 */
import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
} from "chart.js";
import { count } from "../format.ts";
import { bandsPlugin } from "./plugins/bands.ts";
import { bestPlugin } from "./plugins/best.ts";
import { gapPlugin } from "./plugins/gap.ts";
import { marksPlugin } from "./plugins/marks.ts";
import { usualPlugin } from "./plugins/usual.ts";
import { grounded, type Scene, type SceneLine } from "./scene.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

type Point = { x: number; y: number };
type Line = ChartDataset<"line", Point[]>;
/**
 * Says to chart.js that the points are thinned already. Otherwise it thins lines once more while it draws
 * them, by whole pixels, and steep ones come out as stairs.
 */
const THINNED = { _decimated: true };

/** All charts have the same, so that plots line up in the grid and live labels do not push them about. */
const AXIS_WIDTH = 52;
/** A curve of fewer points shows each. */
const FEW = 30;

/** Where the plot lies on the canvas, in CSS pixels. */
export interface PlotArea {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export class Plot {
  readonly #chart: Chart<"line", Point[]>;
  readonly #lines = new Map<string, Line>();
  #scene: Scene | null = null;

  /** Calls back when the plot got another size. */
  constructor(canvas: HTMLCanvasElement, resized: () => void) {
    const scene = () => this.#scene;
    this.#chart = new Chart<"line", Point[]>(canvas, {
      type: "line",
      data: { datasets: [] },
      options: { ...STILL, onResize: resized },
      plugins: [
        usualPlugin(scene),
        bandsPlugin(scene),
        gapPlugin(scene),
        bestPlugin(scene),
        marksPlugin(scene),
      ],
    });
  }

  /** Undefined until the chart was laid out for the first time. */
  get area(): PlotArea | undefined {
    return this.#chart.chartArea;
  }

  /** Of the canvas, in CSS pixels. */
  get size(): { width: number; height: number } {
    const { width, height } = this.#chart;
    return { width, height };
  }

  draw(scene: Scene): void {
    this.#scene = scene;
    const chart = this.#chart;
    // What comes later lies on top.
    const all = [...scene.lines, ...scene.trends, ...(scene.planned ? [scene.planned] : [])];
    chart.data.datasets = all.map((line, i) => this.#lineOf(line, scene, i));
    chart.options.scales = scales(scene);
    // Not in the mode "none": points would keep the look of the first drawing for good.
    chart.update();
  }

  /** The step under a place on the canvas. */
  stepAt(pixel: number): number {
    return this.#scale("x").getValueForPixel(pixel) ?? 0;
  }

  xOf(step: number): number {
    return this.#scale("x").getPixelForValue(step);
  }

  /** The place of a value, no lower than the plot. */
  yOf(value: number): number {
    const y = this.#scene ? grounded(value, this.#scene.y) : value;
    return this.#scale("y").getPixelForValue(y);
  }

  remove(): void {
    this.#chart.destroy();
  }

  #scale(axis: "x" | "y") {
    const scale = this.#chart.scales[axis];
    if (!scale) throw new Error(`the chart has no ${axis} axis`);
    return scale;
  }

  /** Keeps the dataset of each curve, as chart.js reuses what it built for one that it knows. */
  #lineOf(line: SceneLine, scene: Scene, order: number): Line {
    const key = `${order < scene.lines.length ? "line" : "trend"} ${line.curve}`;
    let dataset = this.#lines.get(key);
    if (!dataset) {
      dataset = { data: [], ...THINNED };
      this.#lines.set(key, dataset);
    }
    return Object.assign(dataset, {
      label: line.label,
      data: points(line, scene),
      order: -order,
      borderColor: line.colour,
      backgroundColor: line.colour,
      borderWidth: line.width,
      borderDash: line.dash,
      // The points of a plan are only where it was worked out.
      pointRadius: line.stretch.x.length < FEW && line !== scene.planned ? 1 + line.width / 2 : 0,
      pointBorderWidth: 0,
    } satisfies Partial<Line>);
  }
}

/** Marks are points without a place: they cut the line where a value was not finite. */
function points({ stretch }: SceneLine, { y: axis }: Scene): Point[] {
  const { x, y, marksX } = stretch;
  const made: Point[] = [];
  let mark = 0;
  for (let i = 0; i < x.length; i++) {
    const step = x[i] as number;
    while (mark < marksX.length && (marksX[mark] as number) <= step) {
      made.push({ x: marksX[mark++] as number, y: Number.NaN });
    }
    made.push({ x: step, y: grounded(y[i] as number, axis) });
  }
  return made;
}

/** What never changes. No events: cursor and zoom are the overlay's. */
const STILL: ChartOptions<"line"> = {
  animation: false,
  parsing: false,
  normalized: true,
  responsive: true,
  maintainAspectRatio: false,
  events: [],
  layout: { padding: { top: 4, right: 10 } },
  elements: { line: { borderJoinStyle: "bevel" } },
};

function scales({
  theme,
  from,
  to,
  y,
  formatTick,
}: Scene): NonNullable<ChartOptions<"line">["scales"]> {
  const font = { family: theme.fontFamily, size: 11 };
  const border = { display: true, color: theme.grid };
  return {
    x: {
      type: "linear",
      min: from,
      max: to,
      border,
      grid: { display: false, drawTicks: true, tickLength: 4, tickColor: theme.grid },
      ticks: {
        color: theme.muted,
        font,
        precision: 0,
        includeBounds: false,
        maxRotation: 0,
        autoSkipPadding: 20,
        callback: (step) => count(Number(step)),
      },
    },
    y: {
      type: y.log ? "logarithmic" : "linear",
      min: y.min,
      max: y.max,
      border: { display: false },
      grid: { color: theme.grid, drawTicks: false, lineWidth: 1 },
      ticks: {
        color: theme.muted,
        font,
        padding: 6,
        autoSkip: false,
        callback: (value) => formatTick(Number(value)),
      },
      afterBuildTicks: (axis) => {
        axis.ticks = y.ticks.map((value) => ({ value }));
      },
      afterFit: (axis) => {
        axis.width = AXIS_WIDTH;
      },
    },
  };
}
