/** From a figure and the stretches that are held, to the scene that the chart draws. */
import { color } from "chart.js/helpers";
import type { Stretch } from "../../telemetry/series.ts";
import { exact, figure as formatFigure, percent, percentTick, tick } from "../format.ts";
import type { RunView } from "../protocol.ts";
import { type Axis, extent, makeAxis, needsLog } from "./axis.ts";
import type { Figure, Line } from "./figures/figure.ts";
import { dash, hue } from "./hues.ts";
import type { Band, Scene, SceneLine } from "./scene.ts";
import type { Range } from "./stage.ts";
import type { Theme } from "./theme.ts";
import { isDense, trend } from "./trend.ts";

const WIDTHS = { faint: 1, normal: 1.5, exact: 1.5, strong: 2 };
/** How much of a line's colour is left: of a faint one, one below its trend, and one beside a highlighted one. */
const FAINT = 0.35;
const NOISE = 0.22;
const DIMMED = 0.15;
/** With more lines all are thin. */
const CROWD = 24;
/** What is planned, among the curves of a figure. */
export const PLANNED = "planned";
/** Also where colours tell lines apart: nothing dashed was measured. */
const PLANNED_DASH = [3, 4];
/** In high contrast faint is not that faint. */
const AT_LEAST = 0.5;

/** What stands beside the curves themselves. */
export interface Around {
  theme: Theme;
  run: RunView;
  range: Range;
  /** The user's choice of axis, if any. */
  log: boolean | undefined;
  /** Curves that stand out; none, and all are equal. */
  highlighted: ReadonlySet<string>;
  bands: Band[];
}

/** The colour and dash of a line in a theme, as it looks while no line is highlighted. */
function look(line: Line, theme: Theme): { colour: string; dash: number[] } {
  const faint = theme.contrast ? AT_LEAST : FAINT;
  const left = line.weight === "faint" ? faint : 1;
  return { colour: colourOf(line, theme, left), dash: dashOf(line, theme) };
}

function colourOf({ hue: number }: Line, theme: Theme, left: number): string {
  const colour = number === "foreground" ? theme.foreground : hue(theme, number);
  return left < 1 ? color(colour).alpha(left).rgbString() : colour;
}

function dashOf({ hue: number, weight }: Line, theme: Theme): number[] {
  // An exact line has none beside it but its plan, and only that is dashed.
  if (number === "foreground" || weight === "exact") return [];
  // The faint line shares its number with a strong one.
  return weight === "faint" ? dash(theme, number + 2) : dash(theme, number);
}

/** A figure's lines and its plan, as they look while no line is highlighted. */
export function looks({ lines, planned }: Figure, theme: Theme) {
  const all = lines.map((line) => {
    const { curve, label } = line;
    return { curve, label, ...look(line, theme) };
  });
  const [first] = all;
  if (!planned || !first) return all;
  return [...all, { ...first, curve: PLANNED, label: PLANNED, dash: PLANNED_DASH }];
}

/** How a figure's values read. */
export function formatOf({ percent: share, lines }: Figure): (value: number) => string {
  if (share) return percent;
  if (lines.some(({ weight }) => weight === "exact")) return exact;
  return formatFigure;
}

/** The scene of a figure's lines that are held. */
export function compose(
  figure: Figure,
  held: ReadonlyMap<string, Stretch>,
  hidden: ReadonlySet<string>,
  around: Around,
): Scene {
  const { theme, run, range } = around;
  const shown = figure.lines.flatMap((line) => {
    const stretch = held.get(line.curve);
    return stretch && !hidden.has(line.curve) ? [{ line, stretch }] : [];
  });
  const planned = hidden.has(PLANNED) ? null : plannedLine(figure, theme);
  const found = extent(
    [...shown, ...(planned ? [planned] : [])].map(({ stretch }) => stretch),
    range.from,
    range.to,
    figure.usual,
  );
  const log = around.log ?? (figure.log === "auto" ? needsLog(found) : figure.log);
  const y = makeAxis(found, log, figure.limits);
  // Without strong lines beside it, the faint one is all there is to see.
  const lone = shown.every(({ line, stretch }) => line.weight === "faint" || stretch.x.length < 3);
  const dressed = shown.map(({ line, stretch }) =>
    dress(lone ? { ...line, weight: "exact" } : line, figure, stretch, y, around),
  );
  return {
    theme,
    ...range,
    y,
    formatY: formatOf(figure),
    formatTick: figure.percent ? percentTick : (value) => tick(value, log ? value : y.max),
    lines: dressed.map(({ itself }) => itself),
    trends: dressed.flatMap(({ calm }) => calm ?? []),
    planned,
    gap: figure.gap,
    best: figure.best ? bestOf(run, figure) : null,
    usual: figure.usual,
    bands: around.bands,
  };
}

function bestOf({ best }: RunView, { limits }: Figure): Scene["best"] {
  const low = limits.max !== undefined;
  return best && { step: best.step, label: `best · epoch ${best.epoch}`, low };
}

function plannedLine(figure: Figure, theme: Theme): SceneLine | null {
  const { planned: stretch } = figure;
  const look = looks(figure, theme).find(({ curve }) => curve === PLANNED);
  return stretch && look ? { ...look, width: WIDTHS.exact, stretch } : null;
}

/** A line as it is drawn, and its trend if it needs one. */
function dress(
  line: Line,
  { lines }: Figure,
  stretch: Stretch,
  axis: Axis,
  { theme, range, highlighted }: Around,
): { itself: SceneLine; calm?: SceneLine } {
  const crowded = lines.length > CROWD;
  const stands = highlighted.has(line.curve);
  const dimmed = highlighted.size > 0 && !stands;
  const plain = look(line, theme);
  const itself: SceneLine = {
    curve: line.curve,
    label: line.label,
    colour: stands || dimmed ? colourOf(line, theme, stands ? 1 : DIMMED) : plain.colour,
    width: (crowded ? 1 : WIDTHS[line.weight]) + (stands ? 1 : 0),
    dash: plain.dash,
    stretch,
  };
  if (line.weight !== "normal" || !isDense(stretch)) return { itself };
  const noise = colourOf(line, theme, dimmed ? DIMMED / 2 : NOISE);
  return {
    itself: { ...itself, colour: noise, width: 1, dash: [] },
    calm: { ...itself, stretch: trend(stretch, range, axis) },
  };
}
