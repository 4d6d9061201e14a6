/** The grid of charts, and what moves them together: range, cursor, theme, the chosen finding. */
import type { Finding } from "../../diagnosis/finding.ts";
import { button } from "../controls/button.ts";
import { make, write } from "../dom.ts";
import type { Feed } from "../feed.ts";
import { count } from "../format.ts";
import type { Frames } from "../frames.ts";
import type { Host } from "../host.ts";
import type { RunView } from "../protocol.ts";
import { Signal } from "../signal.ts";
import { bandsOf, curvesOf, stretchOf } from "./bands.ts";
import { Card, type Choices } from "./card.ts";
import { figures } from "./figures/all.ts";
import type { Figure } from "./figures/figure.ts";
import type { Range, Stage } from "./stage.ts";
import { watchTheme } from "./theme.ts";

export class Board {
  readonly element = make("div", "board");
  /** Says which steps are shown, and leads back to all of them. */
  readonly zoom = make("div", "zoom");
  readonly #zoomText = make("span", "");
  readonly #stage: Stage;
  readonly #host: Host;
  readonly #feed: Feed;
  readonly #cards = new Map<string, Card>();
  readonly #sight: IntersectionObserver;
  #figures: Figure[] = [];
  #run: RunView | null = null;
  /** Place of the chosen finding among the run's. */
  #finding: number | null = null;

  constructor(host: Host, feed: Feed, frames: Frames) {
    this.#host = host;
    this.#feed = feed;
    const stage: Stage = {
      theme: watchTheme(),
      range: new Signal<Range | null>(null),
      cursor: new Signal<number | null>(null),
      box: new Signal<Range | null>(null),
      frames,
    };
    this.#stage = stage;
    this.#sight = new IntersectionObserver((seen) => this.#saw(seen), { rootMargin: "100px" });
    const reset = () => {
      stage.range.value = null;
    };
    this.zoom.append(
      this.#zoomText,
      button("Show all steps", reset, { hint: "Double-click a chart" }),
    );
    this.zoom.hidden = true;
    stage.theme.watch(() => {
      this.#markAll();
      for (const card of this.#cards.values()) card.redraw();
    });
    stage.range.watch(() => this.#ranged());
    for (const moving of [stage.cursor, stage.box] as Signal<unknown>[]) {
      moving.watch(() => {
        for (const card of this.#cards.values()) frames.request(card.moved);
      });
    }
  }

  /** Shows a run's figures, or none. */
  show(run: RunView | null): void {
    if (run?.id !== this.#run?.id) {
      this.#stage.range.value = null;
      this.#finding = null;
    }
    this.#run = run;
    this.#figures = run ? figures(run) : [];
    for (const [id, card] of this.#cards) {
      if (!this.#figures.some((figure) => figure.id === id)) this.#drop(id, card);
    }
    if (!run) return;
    for (const figure of this.#figures) {
      const choices = this.#choices(figure.id);
      let card = this.#cards.get(figure.id);
      if (!card) card = this.#add(figure, run, choices);
      card.show(figure, run, choices);
    }
    this.#order();
    this.#markAll();
    this.#zoomed();
  }

  /** Zooms to a finding and lets its curves stand out; null goes back. */
  choose(finding: number | null): void {
    this.#finding = finding;
    const chosen = this.#chosen();
    this.#stage.range.value = chosen && this.#run ? stretchOf(chosen, this.#run.lastStep) : null;
    this.#markAll();
    const first = this.#figures.find(
      (figure) => chosen && curvesOf(chosen, figure, this.#figures).size > 0,
    );
    const still = document.body.classList.contains("vscode-reduce-motion");
    if (first) {
      const behavior = still ? "instant" : "smooth";
      this.#cards.get(first.id)?.element.scrollIntoView({ block: "nearest", behavior });
    }
  }

  #chosen(): Finding | null {
    return this.#finding === null ? null : (this.#run?.findings[this.#finding] ?? null);
  }

  #choices(id: string): Choices {
    const { log, hidden, chosen } = this.#host.view;
    return { log: log[id], hidden: hidden[id] ?? [], chosen: chosen === id };
  }

  #add(figure: Figure, run: RunView, choices: Choices): Card {
    const { id } = figure;
    const card: Card = new Card(this.#stage, figure, run, choices, {
      log: (on) => this.#remember({ log: { ...this.#host.view.log, [id]: on } }),
      hide: (curves) => this.#remember({ hidden: { ...this.#host.view.hidden, [id]: curves } }),
      choose: (on) => this.#remember({ chosen: on ? id : null }),
      wants: () => this.#feed.wake(),
    });
    this.#cards.set(id, card);
    this.element.append(card.element);
    this.#sight.observe(card.element);
    this.#feed.add(card);
    return card;
  }

  #drop(id: string, card: Card): void {
    this.#sight.unobserve(card.element);
    this.#feed.remove(card);
    this.#cards.delete(id);
    card.remove();
  }

  #remember(change: Parameters<Host["remember"]>[0]): void {
    this.#host.remember(change);
    this.show(this.#run);
    this.#feed.wake();
  }

  /** New figures may belong between those there are. */
  #order(): void {
    this.#figures.forEach(({ id }, i) => {
      const element = this.#cards.get(id)?.element;
      const there = this.element.children[i];
      if (element && there !== element) this.element.insertBefore(element, there ?? null);
    });
  }

  #saw(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen) {
      for (const card of this.#cards.values()) {
        if (card.element !== target) continue;
        card.visible = isIntersecting;
        if (isIntersecting) card.redraw();
      }
    }
    this.#feed.wake();
  }

  #ranged(): void {
    for (const card of this.#cards.values()) card.redraw();
    this.#zoomed();
    this.#feed.wake();
  }

  #zoomed(): void {
    const range = this.#stage.range.value;
    this.zoom.hidden = !range;
    if (!range || !this.#run) return;
    const of = count(this.#run.lastStep);
    write(this.#zoomText, `steps ${count(range.from)} to ${count(range.to)} of ${of}`);
  }

  #markAll(): void {
    const chosen = this.#chosen();
    for (const figure of this.#figures) {
      const highlighted = chosen ? curvesOf(chosen, figure, this.#figures) : new Set<string>();
      const bands = bandsOf(
        this.#run?.findings ?? [],
        chosen,
        figure,
        this.#figures,
        this.#stage.theme.value,
      );
      this.#cards.get(figure.id)?.mark(highlighted, bands);
    }
  }
}
