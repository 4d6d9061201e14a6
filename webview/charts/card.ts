/** One figure on the page: its title, the reading at the cursor, the chart and the legend. */
import type { Stretch } from "../../telemetry/series.ts";
import { toggle } from "../controls/button.ts";
import { make, write } from "../dom.ts";
import type { Consumer } from "../feed.ts";
import { count } from "../format.ts";
import type { CurveQuery, RunView } from "../protocol.ts";
import { Plot } from "./chart.ts";
import { compose, looks, PLANNED } from "./compose.ts";
import type { Figure } from "./figures/figure.ts";
import { listen } from "./gestures.ts";
import { Legend } from "./legend.ts";
import { Overlay } from "./overlay.ts";
import { readAt, sentence } from "./reading.ts";
import { type Band, linesAt, measuredTo, type Scene } from "./scene.ts";
import type { Range, Stage } from "./stage.ts";

/** Points that one chart asks for at most: a hundred layers share them. */
const BUDGET = 12_000;
/** Pixels below which a line is no longer one. */
const FEWEST_PIXELS = 60;

/** Lines that the reading has room for; names of layers are long. */
const FEW = 3;
const FEW_LAYERS = 2;

/** What the user chose for a figure. */
export interface Choices {
  log: boolean | undefined;
  hidden: readonly string[];
  chosen: boolean;
}

/** What the card tells the board. */
export interface CardEvents {
  log(on: boolean): void;
  hide(curves: string[]): void;
  choose(on: boolean): void;
  /** The card needs other points than it has. */
  wants(): void;
}

export class Card implements Consumer {
  readonly element: HTMLElement;
  /** Whether it is in view; the board watches. */
  visible = false;
  readonly #stage: Stage;
  readonly #plot: Plot;
  readonly #overlay = new Overlay();
  readonly #legend: Legend;
  readonly #canvas = make("canvas", "");
  readonly #frame: HTMLElement;
  readonly #title = make("h3", "");
  readonly #unit = make("span", "unit");
  readonly #reading = make("p", "reading");
  readonly #log: ReturnType<typeof toggle>;
  readonly #wide: ReturnType<typeof toggle>;
  readonly #held = new Map<string, Stretch>();
  #figure: Figure;
  #run: RunView;
  #choices: Choices;
  #highlighted: ReadonlySet<string> = new Set();
  #bands: Band[] = [];
  #scene: Scene | null = null;
  /** The last step of what is held. */
  #heldTo = 0;
  readonly #keys = { shown: "", marked: "" };

  constructor(stage: Stage, figure: Figure, run: RunView, choices: Choices, events: CardEvents) {
    this.#stage = stage;
    this.#figure = figure;
    this.#run = run;
    this.#choices = choices;
    this.#log = toggle("log", () => events.log(!this.#scene?.y.log), "Logarithmic y axis");
    const wide = () => events.choose(!this.#choices.chosen);
    this.#wide = toggle("wide", wide, "Give this chart the whole width");
    this.#legend = new Legend(events.hide);
    this.#frame = make("div", "plot", this.#canvas, this.#overlay.element);
    const heading = make("div", "heading", this.#title, this.#unit);
    const switches = make("div", "switches", this.#log.element, this.#wide.element);
    const head = make("div", "head", heading, switches);
    this.element = make("section", "card", head, this.#reading, this.#frame, this.#legend.element);
    this.element.dataset["figure"] = figure.id;
    this.#canvas.setAttribute("role", "img");
    this.#canvas.tabIndex = 0;
    // Readings are spoken while the user moves the cursor here, and not all the time everywhere.
    this.#canvas.addEventListener("focus", () => this.#reading.setAttribute("aria-live", "polite"));
    this.#canvas.addEventListener("blur", () => this.#reading.removeAttribute("aria-live"));
    this.#plot = new Plot(this.#canvas, () => {
      events.wants();
      stage.frames.request(this.moved);
    });
    listen(this.#frame, this.#plot, stage, {
      shown: () => this.#drawn(),
      measured: () => this.#measured(),
    });
  }

  /** Shows another state of the run, or other choices. */
  show(figure: Figure, run: RunView, choices: Choices): void {
    if (run.id !== this.#run.id) {
      this.#held.clear();
      this.#heldTo = 0;
    }
    this.#figure = figure;
    this.#run = run;
    this.#choices = choices;
    write(this.#title, figure.title);
    write(this.#unit, figure.unit);
    this.#wide.set(choices.chosen);
    this.element.classList.toggle("chosen", choices.chosen);
    // What is new on the curves is drawn when it arrives, not when it is announced.
    const { log, hidden } = choices;
    const { id, lines, planned } = figure;
    this.#redrawIfNew("shown", [run.id, run.best, id, lines.length, !planned, log, hidden]);
  }

  /** Lets curves stand out, and marks stretches of steps. */
  mark(highlighted: ReadonlySet<string>, bands: Band[]): void {
    this.#highlighted = highlighted;
    this.#bands = bands;
    this.element.classList.toggle("highlighted", highlighted.size > 0);
    this.#redrawIfNew("marked", [bands, [...highlighted]]);
  }

  queries(): CurveQuery[] {
    const area = this.#plot.area;
    const width = area ? Math.floor(area.right - area.left) : 0;
    if (!this.visible || width <= 0) return [];
    const lines = this.#figure.lines.filter(({ curve }) => !this.#choices.hidden.includes(curve));
    const share = Math.max(FEWEST_PIXELS, Math.floor(BUDGET / 2 / Math.max(1, lines.length)));
    const pixels = Math.min(width, share);
    return lines.map(({ curve }) => ({ curve, ...this.#range(), pixels }));
  }

  take(stretches: Stretch[], queries: CurveQuery[]): void {
    this.#held.clear();
    queries.forEach(({ curve, to }, i) => {
      this.#held.set(curve, stretches[i] as Stretch);
      this.#heldTo = to;
    });
    this.redraw();
  }

  redraw(): void {
    this.#stage.frames.request(this.#draw);
  }

  remove(): void {
    this.#plot.remove();
    this.element.remove();
  }

  /** Draws cursor and box anew, and reads the values there; bound, as frames know it by its identity. */
  readonly moved = (): void => {
    const scene = this.#scene;
    if (!scene || !this.visible) return;
    const { cursor, box } = this.#stage;
    this.#overlay.draw(this.#plot, scene, cursor.value, box.value);
    const step = Math.min(cursor.value ?? measuredTo(scene), scene.to);
    const lines = linesAt(scene, step);
    const read = new Map(lines.map(({ curve, stretch }) => [curve, readAt(stretch, step)]));
    const named = lines.map(({ curve, label }) => ({
      label,
      reading: read.get(curve) ?? null,
    }));
    const text = sentence(step, named, this.#layered() ? FEW_LAYERS : FEW, scene.formatY);
    write(this.#reading, text);
    this.#reading.title = text;
    this.#canvas.setAttribute(
      "aria-label",
      `${this.#figure.title}: ${text}${this.#remarks(scene)}`,
    );
    const values = [...read].map(([curve, reading]): [string, string] => [
      curve,
      reading ? scene.formatY(reading.value) : "",
    ]);
    this.#legend.read(new Map(values));
  };

  readonly #draw = (): void => {
    const { theme } = this.#stage;
    const hidden = new Set(this.#choices.hidden);
    this.#legend.show(
      looks(this.#figure, theme.value).map((line) => ({
        ...line,
        hidden: hidden.has(line.curve),
      })),
    );
    if (!this.visible) return;
    const scene = compose(this.#figure, this.#held, hidden, {
      theme: theme.value,
      run: this.#run,
      range: this.#drawn(),
      log: this.#choices.log,
      highlighted: this.#highlighted,
      bands: this.#bands,
    });
    this.#scene = scene;
    this.#plot.draw(scene);
    this.#log.set(scene.y.log);
    this.#canvas.dataset["points"] = String(total(scene, "x"));
    this.#canvas.dataset["marks"] = String(total(scene, "marksX"));
    this.moved();
  };

  #range(): Range {
    return this.#stage.range.value ?? { from: 0, to: Math.max(1, this.#run.lastStep) };
  }

  /** The steps to draw: all that are planned, too, as long as nothing is zoomed to. */
  #drawn(): Range {
    const { from, to } = this.#measured();
    const hidden = this.#choices.hidden.includes(PLANNED);
    const planned = hidden || this.#stage.range.value ? undefined : this.#figure.planned?.x.at(-1);
    return { from, to: Math.max(to, planned ?? to) };
  }

  /** Of a growing run the steps that are held, so that points and axis grow together. */
  #measured(): Range {
    return this.#stage.range.value ?? { from: 0, to: Math.max(1, this.#heldTo) };
  }

  #redrawIfNew(about: "shown" | "marked", parts: unknown[]): void {
    const key = JSON.stringify(parts);
    if (this.#keys[about] === key) return;
    this.#keys[about] = key;
    this.redraw();
  }

  #layered(): boolean {
    return this.#figure.lines.some(({ curve }) => curve.startsWith("layer."));
  }

  /** What the picture shows beside the values, for those who do not see it. */
  #remarks(scene: Scene): string {
    const remarks: string[] = [];
    const end = scene.planned?.stretch;
    if (end) {
      const value = scene.formatY(end.y.at(-1) as number);
      remarks.push(`planned ${value} at step ${count(end.x.at(-1) as number)}`);
    }
    if (scene.best) remarks.push(`${scene.best.label} at step ${scene.best.step}`);
    const broken = scene.lines.filter(({ stretch }) => stretch.marksX.length > 0);
    const first = Math.min(...broken.map(({ stretch }) => stretch.marksX[0] as number));
    if (broken.length > 0) remarks.push(`not finite from step ${first}`);
    if (scene.bands.some(({ filled }) => filled)) remarks.push("the chosen finding is highlighted");
    return remarks.map((remark) => `; ${remark}`).join("");
  }
}

function total(scene: Scene, field: "x" | "marksX"): number {
  return scene.lines.reduce((sum, { stretch }) => sum + stretch[field].length, 0);
}
