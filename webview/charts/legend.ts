/** The legend below a chart: each line's name and value, and the switch that hides it. */
import { make, write } from "../dom.ts";

export interface LegendLine {
  curve: string;
  label: string;
  colour: string;
  dash: number[];
  hidden: boolean;
}

interface Entry {
  button: HTMLButtonElement;
  value: HTMLElement;
}

export class Legend {
  readonly element = make("div", "legend");
  readonly #entries = new Map<string, Entry>();
  readonly #hide: (hidden: string[]) => void;
  #lines: readonly LegendLine[] = [];
  #shown = "";

  /** Calls back with the curves that are hidden after a click. */
  constructor(hide: (hidden: string[]) => void) {
    this.#hide = hide;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Lines");
  }

  show(lines: readonly LegendLine[]): void {
    const key = JSON.stringify(lines);
    if (key === this.#shown) return;
    this.#shown = key;
    const same =
      lines.length === this.#lines.length &&
      lines.every(({ curve }, i) => curve === this.#lines[i]?.curve);
    this.#lines = lines;
    // The title says what a single line is, and hiding it would leave nothing.
    this.element.hidden = lines.length < 2;
    // The entries stay where only looks changed: one of them may have the focus.
    if (!same) this.#build();
    for (const line of lines) this.#dress(line);
  }

  /** Shows each curve's value at the cursor. */
  read(values: ReadonlyMap<string, string>): void {
    for (const [curve, { value }] of this.#entries) write(value, values.get(curve) ?? "");
  }

  #build(): void {
    this.#entries.clear();
    this.element.replaceChildren();
    for (const { curve, label } of this.#lines) {
      const value = make("span", "value");
      const button = make("button", "entry", make("span", "label", label), value);
      button.type = "button";
      button.title = "Click to hide, double-click or Shift-click to see this line alone";
      button.addEventListener("click", (event) => {
        if (event.shiftKey) this.#isolate(curve);
        else this.#toggle(curve);
      });
      button.addEventListener("dblclick", () => this.#isolate(curve));
      this.#entries.set(curve, { button, value });
      this.element.append(button);
    }
  }

  #dress({ curve, colour, dash, hidden }: LegendLine): void {
    const button = this.#entries.get(curve)?.button;
    if (!button) return;
    button.classList.toggle("hidden-line", hidden);
    button.setAttribute("aria-pressed", String(!hidden));
    button.querySelector("svg")?.remove();
    button.prepend(swatch(colour, dash));
  }

  #toggle(curve: string): void {
    const hidden = this.#hidden();
    if (!hidden.delete(curve)) hidden.add(curve);
    this.#hide([...hidden]);
  }

  /** Shows that line alone, or all again if it is alone already. */
  #isolate(curve: string): void {
    const others = this.#lines.flatMap((line) => (line.curve === curve ? [] : [line.curve]));
    const hidden = this.#hidden();
    const alone = !hidden.has(curve) && others.every((other) => hidden.has(other));
    this.#hide(alone ? [] : others);
  }

  #hidden(): Set<string> {
    return new Set(this.#lines.flatMap(({ curve, hidden }) => (hidden ? [curve] : [])));
  }
}

/** A short piece of the line. */
function swatch(colour: string, dash: number[]): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.classList.add("swatch");
  svg.setAttribute("viewBox", "0 0 16 8");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", "M0 4h16");
  line.setAttribute("stroke", colour);
  line.setAttribute("stroke-width", "2");
  if (dash.length > 0) line.setAttribute("stroke-dasharray", dash.join(" "));
  svg.append(line);
  return svg;
}
