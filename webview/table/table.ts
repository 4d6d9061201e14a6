/** The curves in figures, for those who read better than they see: last, lowest and highest values. */
import type { Stretch } from "../../telemetry/series.ts";
import { formatOf } from "../charts/compose.ts";
import { figures } from "../charts/figures/all.ts";
import type { Figure, Line } from "../charts/figures/figure.ts";
import type { Reading } from "../charts/reading.ts";
import { make } from "../dom.ts";
import type { Consumer } from "../feed.ts";
import { count } from "../format.ts";
import type { CurveQuery, RunView } from "../protocol.ts";
import { row } from "./rows.ts";

/** Curves with one point an epoch. */
const BY_EPOCH = /^(train|validation)\.|\.epochSilent$/;
const COLUMNS = ["Curve", "Last", "Lowest", "Highest", "Not finite"];

export class Table implements Consumer {
  readonly element = make("div", "table");
  readonly #body = make("tbody", "");
  #run: RunView | null = null;

  constructor() {
    const head = make("tr", "", ...COLUMNS.map((name) => make("th", "", name)));
    for (const cell of head.children) cell.setAttribute("scope", "col");
    this.element.append(make("table", "", make("thead", "", head), this.#body));
  }

  show(run: RunView | null): void {
    this.#run = run;
  }

  /** Two questions a curve: its newest points, and the whole of it in two pixels. */
  queries(): CurveQuery[] {
    if (this.element.hidden || !this.#run) return [];
    const { lastStep: to, progress } = this.#run;
    // Far enough back for the last point of a curve that has one an epoch, also where it is not finite.
    const twoEpochs = (2 * to) / Math.max(1, (progress?.epoch ?? 0) - 1);
    const epochStart = Math.max(0, Math.floor(to - twoEpochs));
    return this.#lines().flatMap(({ line: { curve } }) => [
      BY_EPOCH.test(curve)
        ? { curve, from: epochStart, to, pixels: 8 }
        : { curve, from: to, to, pixels: 2 },
      { curve, from: 0, to, pixels: 2 },
    ]);
  }

  take(stretches: Stretch[], queries: CurveQuery[]): void {
    const lines = new Map(this.#lines().map((shown) => [shown.line.curve, shown]));
    const rows: HTMLElement[] = [];
    for (let i = 0; i + 1 < queries.length; i += 2) {
      const shown = lines.get(queries[i]?.curve ?? "");
      const newest = stretches[i];
      const whole = stretches[i + 1];
      if (!shown || !newest || !whole) continue;
      const { last, low, high, broken } = row(newest, whole);
      const format = formatOf(shown.figure);
      const { title } = shown.figure;
      const { label } = shown.line;
      const name = make("th", "", title);
      if (label !== title.toLowerCase()) name.append(" ", make("span", "unit", label));
      name.scope = "row";
      rows.push(make("tr", "", name, ...[last, low, high, broken].map((it) => cell(it, format))));
    }
    this.#body.replaceChildren(...rows);
  }

  #lines(): { figure: Figure; line: Line }[] {
    if (!this.#run) return [];
    return figures(this.#run).flatMap((figure) => figure.lines.map((line) => ({ figure, line })));
  }
}

function cell(reading: Reading | null, format: (value: number) => string): HTMLElement {
  if (!reading) return make("td", "", "–");
  const step = make("span", "unit", ` at ${count(reading.step)}`);
  return make("td", "", make("span", "value", format(reading.value)), step);
}
