/** The findings of the shown run, the worst first. */
import type { Symptom } from "../../diagnosis/finding.ts";
import { arrange, make, write } from "../dom.ts";
import { plural } from "../format.ts";
import { alive } from "../header/words.ts";
import type { FromPage, RunView } from "../protocol.ts";
import { Fold } from "./fold.ts";
import { findingItem } from "./item.ts";
import { type Chain, inOrder, isTrouble, type Placed, summary } from "./order.ts";

/** Screen readers hear of new findings that far apart. */
const BREATH = 3000;

export class FindingList {
  readonly element: HTMLElement;
  readonly #count = make("span", "count");
  readonly #list = make("ul", "findings");
  readonly #none = make("p", "none");
  readonly #news = make("div", "unseen");
  readonly #send: (message: FromPage) => void;
  readonly #choose: (finding: number | null) => void;
  readonly #items = new Map<number, { key: string; element: HTMLElement }>();
  /** By the cause. */
  readonly #folds = new Map<Symptom, Fold>();
  readonly #others = new Fold();
  #run: RunView | null = null;
  #chosen: number | null = null;
  #told = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** Calls back with the finding that the charts are to show. */
  constructor(send: (message: FromPage) => void, choose: (finding: number | null) => void) {
    this.#send = send;
    this.#choose = choose;
    this.#news.setAttribute("aria-live", "polite");
    const heading = make("h2", "", "Findings ", this.#count);
    this.element = make(
      "section",
      "section",
      heading,
      this.#none,
      this.#list,
      this.#others.element,
      this.#news,
    );
    this.element.setAttribute("aria-label", "Findings");
  }

  show(run: RunView | null): void {
    if (run?.id !== this.#run?.id) {
      this.#chosen = null;
      this.#told = 0;
      this.#items.clear();
      this.#folds.clear();
      this.#list.replaceChildren();
    }
    this.#run = run;
    this.element.hidden = !run?.info;
    if (!run) return;
    write(this.#count, summary(run.findings));
    const chains = inOrder(run.findings);
    const trouble = chains.filter(({ finding }) => isTrouble(finding));
    this.#none.hidden = trouble.length > 0;
    write(
      this.#none,
      alive(run)
        ? "No trouble found so far"
        : `No trouble found in ${plural(run.lastStep, "step")}`,
    );
    const others = chains.filter((chain) => !trouble.includes(chain));
    this.#build(trouble, others);
    this.#tell(run);
  }

  /** Shows a finding in the charts; choosing it again shows the whole run again. */
  choose(place: number): void {
    this.#chosen = this.#chosen === place ? null : place;
    this.#choose(this.#chosen);
    this.show(this.#run);
  }

  /** Shows a finding because the editor asks for it. */
  focus(place: number): void {
    if (!this.#run?.findings[place]) return;
    if (this.#chosen !== place) this.choose(place);
    for (const fold of [this.#others, ...this.#folds.values()]) fold.open(place);
    const message = this.#items.get(place)?.element.querySelector<HTMLElement>(".message");
    message?.focus({ preventScroll: true });
  }

  /** @param others good practice and what is over: it must not push the charts out of sight */
  #build(trouble: Chain[], others: Chain[]): void {
    const focused = document.activeElement;
    arrange(
      this.#list,
      trouble.map((chain) => this.#chain(chain)),
    );
    const title = summary(others.map(({ finding }) => finding));
    const elements = others.map((chain) => this.#chain(chain));
    this.#others.show(
      title,
      others.flatMap((chain) => [chain, ...chain.consequences]),
      elements,
    );
    // What is moved loses the focus.
    if (focused instanceof HTMLElement && document.activeElement === document.body) {
      focused.focus({ preventScroll: true });
    }
  }

  #chain(chain: Chain): HTMLElement {
    const element = this.#item(chain);
    const { finding, consequences } = chain;
    const fold = this.#folds.get(finding.symptom) ?? new Fold();
    this.#folds.set(finding.symptom, fold);
    const names = consequences.map((effect) => effect.finding.symptom);
    const effects = consequences.map((effect) => this.#item(effect));
    fold.show(`Leads to ${names.join(", ")}`, consequences, effects);
    const body = element.querySelector(".body");
    if (body && fold.element.parentElement !== body) body.append(fold.element);
    return element;
  }

  /** Keeps what did not change: it may have the focus. */
  #item({ finding, place }: Placed): HTMLElement {
    const shown = place === this.#chosen;
    const key = JSON.stringify([finding, shown]);
    const known = this.#items.get(place);
    if (known?.key === key) return known.element;
    const focused = known ? focusedIn(known.element) : -1;
    const element = findingItem(finding, shown, this.#events(place));
    known?.element.replaceWith(element);
    this.#items.set(place, { key, element });
    if (focused >= 0) focusable(element)[focused]?.focus({ preventScroll: true });
    return element;
  }

  #events(finding: number) {
    const to = (message: (run: string) => FromPage) => {
      if (this.#run) this.#send(message(this.#run.id));
    };
    return {
      choose: () => this.choose(finding),
      reveal: () => to((run) => ({ type: "reveal", run, finding })),
      fix: (remedy: string) => to((run) => ({ type: "fix", run, finding, remedy })),
    };
  }

  #tell({ findings }: RunView): void {
    const news = findings.slice(this.#told).filter(isTrouble);
    const now = performance.now();
    if (news.length === 0 || now < this.#toldAt + BREATH) return;
    this.#told = findings.length;
    this.#toldAt = now;
    const more = news.length > 1 ? `, and ${news.length - 1} more` : "";
    write(this.#news, `New finding: ${news[0]?.message}${more}`);
  }
}

/** Its own, not those of its consequences. */
function focusable(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>("button, .button")].filter(
    (each) => each.closest(".finding") === element,
  );
}

function focusedIn(element: HTMLElement): number {
  return focusable(element).indexOf(document.activeElement as HTMLElement);
}
