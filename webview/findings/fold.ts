/** What a finding led to, folded away under it: the cause is what to act on. */
import { arrange, make, write } from "../dom.ts";
import type { Placed } from "./order.ts";

export class Fold {
  readonly element = make("details", "consequences");
  readonly #summary = make("summary", "");
  readonly #list = make("ul", "findings");
  #places: number[] = [];

  constructor() {
    this.element.append(this.#summary, this.#list);
    // It lies inside the cause, and a click in it is none on the cause.
    this.element.addEventListener("click", (event) => event.stopPropagation());
  }

  /** @param items the elements of the consequences, in their order */
  show(consequences: readonly Placed[], items: readonly HTMLElement[]): void {
    this.#places = consequences.map(({ place }) => place);
    this.element.hidden = consequences.length === 0;
    const names = consequences.map(({ finding }) => finding.symptom);
    write(this.#summary, `Leads to ${names.join(", ")}`);
    arrange(this.#list, items);
  }

  /** Unfolds it where the finding at this place is among its own. */
  open(place: number): void {
    if (this.#places.includes(place)) this.element.open = true;
  }
}
