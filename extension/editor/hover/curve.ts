/** A plan of the learning rate as a picture inside Markdown: an SVG that needs nothing from outside. */
import { short } from "../../../diagnosis/format.ts";
import { inkOn, picture, round } from "./picture.ts";
import type { Plan } from "./plan.ts";

const WIDTH = 360;
/** With that, all stands in a hover without scrolling. */
const HEIGHT = 132;
/** Where the axes are, in pixels. */
const LEFT = 58;
const RIGHT = WIDTH - 14;
const TOP = 22;
const BOTTOM = HEIGHT - 34;
/** Stretches between ticks, at most. */
const TICKS = 5;

/** @param marks epochs at which the curve gets a dot */
export function curveImage(plan: Plan, marks: readonly number[], dark: boolean): string {
  return picture("Learning rate by epoch", curveSvg(plan, marks, dark));
}

/** The picture itself; epochs to the right, rates from 0 upwards. */
function curveSvg(plan: Plan, marks: readonly number[], dark: boolean): string {
  const { epochs, rate } = plan;
  const ink = inkOn(dark);
  const columns = Array.from({ length: RIGHT - LEFT + 1 }, (_, i) => (i / (RIGHT - LEFT)) * epochs);
  const top = Math.max(...[...columns, ...marks].map(rate));
  const x = (epoch: number) => round(LEFT + (epoch / epochs) * (RIGHT - LEFT));
  const y = (value: number) => round(BOTTOM - (value / top) * (BOTTOM - TOP));
  const curve = columns.map((epoch) => `${x(epoch)},${y(rate(epoch))}`).join(" ");
  const rates = [0, top / 2, top].map(
    (value) =>
      `<line x1="${LEFT}" x2="${RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="${ink.grid}" stroke-opacity="${value === 0 ? 1 : 0.35}"/>` +
      `<text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${short(value)}</text>`,
  );
  const times = ticks(epochs).map(
    (epoch) =>
      `<text x="${x(epoch)}" y="${BOTTOM + 15}" text-anchor="middle">${short(epoch)}</text>`,
  );
  const dots = marks.map(
    (epoch) => `<circle cx="${x(epoch)}" cy="${y(rate(epoch))}" r="3" fill="${ink.line}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11" fill="${ink.text}">`,
    `<text x="4" y="12">learning rate</text>`,
    `<text x="${RIGHT}" y="${HEIGHT - 4}" text-anchor="end">epochs done</text>`,
    ...rates,
    ...times,
    `<polyline points="${curve}" fill="none" stroke="${ink.line}" stroke-width="2" stroke-linejoin="round"/>`,
    ...dots,
    "</svg>",
  ].join("");
}

/** Whole epochs at even distances, 1, 2 or 5 times a power of ten. */
function ticks(epochs: number): number[] {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(epochs / TICKS)));
  const every = [1, 2, 5, 10].map((factor) => factor * power).find((e) => epochs / e <= TICKS);
  const step = every ?? epochs;
  return Array.from({ length: Math.floor(epochs / step) + 1 }, (_, i) => i * step);
}
