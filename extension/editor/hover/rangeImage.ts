/** A learning-rate range test as a picture: rates to the right by powers of ten, the loss from 0 upwards. */
import { short } from "../../../diagnosis/format.ts";
import type { RangeTest } from "../../../diagnosis/rangeTest.ts";
import { inkOn, picture, round } from "./picture.ts";

const WIDTH = 360;
const HEIGHT = 150;
/** Where the axes are, in pixels. */
const LEFT = 44;
const RIGHT = WIDTH - 14;
const TOP = 22;
const BOTTOM = HEIGHT - 34;
/** Room above the highest point of the curve, for the losses around it. */
const ROOM = 1.15;
/** Powers of ten from one label to the next. */
const DECADES = 2;

/** @param test of two steps or more */
export function rangeImage(test: RangeTest, dark: boolean): string {
  return picture("Loss by learning rate", rangeSvg(test, dark));
}

function rangeSvg({ points, losses, suggestion }: RangeTest, dark: boolean): string {
  const ink = inkOn(dark);
  const logs = points.map(({ learningRate }) => Math.log10(learningRate));
  const [first, last] = [logs[0]!, logs.at(-1)!];
  const top = ROOM * Math.max(...losses);
  const x = (log: number) => round(LEFT + ((log - first) / (last - first)) * (RIGHT - LEFT));
  const y = (loss: number) => round(BOTTOM - (loss / top) * (BOTTOM - TOP));
  const dots = points.flatMap(({ loss }, i) =>
    loss >= 0 && loss <= top
      ? [`<circle cx="${x(logs[i]!)}" cy="${y(loss)}" r="1.5" fill="${ink.grid}"/>`]
      : [],
  );
  const curve = losses.map((loss, i) => `${x(logs[i]!)},${y(loss)}`).join(" ");
  const rates = powers(first, last).map(
    (power) =>
      `<text x="${x(power)}" y="${BOTTOM + 15}" text-anchor="middle">1e${power}</text>` +
      `<line x1="${x(power)}" x2="${x(power)}" y1="${BOTTOM}" y2="${BOTTOM + 3}" stroke="${ink.grid}"/>`,
  );
  const heights = [0, top / ROOM].map(
    (loss) =>
      `<line x1="${LEFT}" x2="${RIGHT}" y1="${y(loss)}" y2="${y(loss)}" stroke="${ink.grid}" stroke-opacity="${loss === 0 ? 1 : 0.35}"/>` +
      `<text x="${LEFT - 6}" y="${y(loss) + 4}" text-anchor="end">${short(loss)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11" fill="${ink.text}">`,
    `<text x="4" y="12">loss</text>`,
    `<text x="${RIGHT}" y="${HEIGHT - 4}" text-anchor="end">learning rate</text>`,
    ...heights,
    ...rates,
    ...dots,
    `<polyline points="${curve}" fill="none" stroke="${ink.line}" stroke-width="2" stroke-linejoin="round"/>`,
    ...(suggestion === null ? [] : [mark(suggestion)]),
    "</svg>",
  ].join("");

  /** An upright line with the rate, on the side that has room. */
  function mark(rate: number): string {
    const at = x(Math.log10(rate));
    const anchor = at > (LEFT + RIGHT) / 2 ? "end" : "start";
    const gap = anchor === "end" ? -4 : 4;
    return (
      `<line x1="${at}" x2="${at}" y1="${TOP - 4}" y2="${BOTTOM}" stroke="${ink.line}" stroke-dasharray="4 3"/>` +
      `<text x="${at + gap}" y="${TOP - 8}" text-anchor="${anchor}">suggested ${short(rate)}</text>`
    );
  }
}

/** Exponents that get a label. */
function powers(first: number, last: number): number[] {
  const from = Math.ceil(first - 1e-9);
  const count = Math.floor((last + 1e-9 - from) / DECADES) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => from + i * DECADES);
}
