/** Findings that are folded away: what a cause led to, and what is no trouble. */
import { arrange, make, write } from "../dom.ts";
import type { Placed } from "./order.ts";

export class Fold {
  readonly element = make("details", "fold");
  readonly #summary = make("summary", "");
  readonly #list = make("ul", "findings");
  #places: number[] = [];

  constructor() {
    this.element.append(this.#summary, this.#list);
    // It lies inside the cause, and a click in it is none on the cause.
    this.element.addEventListener("click", (event) => event.stopPropagation());
  }

  /** @param items the elements of the findings, in their order */
  show(title: string, findings: readonly Placed[], items: readonly HTMLElement[]): void {
    this.#places = findings.map(({ place }) => place);
    this.element.hidden = findings.length === 0;
    write(this.#summary, title);
    arrange(this.#list, items);
  }

  /** Unfolds it where the finding at this place is among its own. */
  open(place: number): void {
    if (this.#places.includes(place)) this.element.open = true;
  }
}
