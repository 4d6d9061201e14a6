/**
 * Asks the editor for the stretches that are shown. One question at a time, at most ten a second; what
 * changed meanwhile is asked next, so the latest wins and a slow editor or a slow page is never flooded.
 */
import { unpack } from "../telemetry/packed.ts";
import type { Stretch } from "../telemetry/series.ts";
import type { CurveQuery, FromPage } from "./protocol.ts";

/** Someone who shows curves. */
export interface Consumer {
  /** What it needs to show now; empty while it is out of sight. */
  queries(): CurveQuery[];
  /** The answers, one a query, in their order. */
  take(stretches: Stretch[], queries: CurveQuery[]): void;
}

interface Part {
  consumer: Consumer;
  queries: CurveQuery[];
  key: string;
}

const SHORTEST_PAUSE = 100;
/** An answer that takes longer was lost on the way, as happens while the editor reloads. */
const PATIENCE = 3000;
/** The page draws for at most a quarter of its time. */
const PAUSE_PER_DRAWING = 3;

export class Feed {
  readonly #send: (message: FromPage) => void;
  /** Each consumer with the key of what it has or has asked for. */
  readonly #consumers = new Map<Consumer, string>();
  #run = "";
  #lastStep = 0;
  #revision = "";
  #request = 0;
  #asked: { at: number; parts: Part[] } | null = null;
  #timer: number | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #pause = SHORTEST_PAUSE;

  constructor(send: (message: FromPage) => void) {
    this.#send = send;
    document.addEventListener("visibilitychange", () => this.wake());
  }

  add(consumer: Consumer): void {
    this.#consumers.set(consumer, "");
    this.wake();
  }

  remove(consumer: Consumer): void {
    this.#consumers.delete(consumer);
  }

  /** Says which run the questions are about; `revision` changes whenever its newest points may have. */
  follow(run: string, lastStep: number, revision: string): void {
    if (run !== this.#run) {
      this.#asked = null;
      for (const consumer of this.#consumers.keys()) this.#consumers.set(consumer, "");
    }
    this.#run = run;
    this.#lastStep = lastStep;
    this.#revision = revision;
    this.wake();
  }

  /** Tells how long the last drawing took. */
  drew(milliseconds: number): void {
    this.#pause = Math.max(SHORTEST_PAUSE, PAUSE_PER_DRAWING * milliseconds);
  }

  /** Looks, as soon as allowed, whether somebody needs something new. */
  wake(): void {
    if (this.#timer !== undefined) return;
    const now = performance.now();
    const lost = this.#asked ? this.#asked.at + PATIENCE : now;
    const next = Math.max(now, this.#sentAt + this.#pause, lost);
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, next - now);
  }

  /** Takes the answer to a question; one to a question that no longer stands is dropped. */
  answer(request: number, packed: ArrayBuffer): void {
    const asked = this.#asked;
    if (!asked || request !== this.#request) return;
    this.#asked = null;
    const total = asked.parts.reduce((sum, part) => sum + part.queries.length, 0);
    const stretches = unpack(packed, total);
    let at = 0;
    for (const { consumer, queries, key } of asked.parts) {
      const mine = stretches.slice(at, at + queries.length);
      at += queries.length;
      if (this.#consumers.get(consumer) === key) consumer.take(mine, queries);
    }
    this.#wakeSooner();
  }

  /** A timer that waits for a lost answer is too late once the answer is here. */
  #wakeSooner(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.wake();
  }

  #ask(): void {
    if (this.#asked) {
      // The answer was lost: its askers have nothing, so they ask again.
      for (const { consumer } of this.#asked.parts) {
        if (this.#consumers.has(consumer)) this.#consumers.set(consumer, "");
      }
      this.#asked = null;
    }
    if (document.hidden || !this.#run) return;
    const parts = this.#stale();
    if (parts.length === 0) return;
    for (const { consumer, key } of parts) this.#consumers.set(consumer, key);
    this.#sentAt = performance.now();
    this.#asked = { at: this.#sentAt, parts };
    this.#request++;
    const queries = parts.flatMap((part) => part.queries);
    this.#send({ type: "read", request: this.#request, run: this.#run, queries });
    this.wake();
  }

  #stale(): Part[] {
    const parts: Part[] = [];
    for (const [consumer, has] of this.#consumers) {
      const queries = consumer.queries();
      if (queries.length === 0) continue;
      // A stretch that ends before the run's newest step never changes again.
      const grows = queries.some(({ to }) => to >= this.#lastStep);
      const key = JSON.stringify(queries) + (grows ? this.#revision : "");
      if (key !== has) parts.push({ consumer, queries, key });
    }
    return parts;
  }
}
