/** The editor's side of the page, in a few lines: feeds a recorded run and answers what the page asks. */
import type { Finding } from "../../diagnosis/finding.ts";
import { Curves } from "../../telemetry/curves.ts";
import type { EpochEvent, StepEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { pack } from "../../telemetry/packed.ts";
import type { CurveQuery, PageState, RunStatus, RunView } from "../../webview/protocol.ts";

const EMPTY = {
  x: new Float64Array(),
  y: new Float64Array(),
  marksX: new Float64Array(),
  marksY: new Float64Array(),
};

export class RecordedRun {
  readonly curves = new Curves();
  readonly #events: Iterator<TelemetryEvent>;
  #step: StepEvent | null = null;
  #epoch: EpochEvent | null = null;
  #best: RunView["best"] = null;
  status: RunStatus = "running";
  error: string | null = null;
  findings: Finding[] = [];

  constructor(events: Iterable<TelemetryEvent>) {
    this.#events = events[Symbol.iterator]();
  }

  /** Lets that many events more happen, or as many as there are. */
  feed(amount: number): void {
    for (let i = 0; i < amount; i++) {
      const { value: event, done } = this.#events.next();
      if (done) return;
      this.curves.push(event);
      if (event.kind === "step") this.#step = event;
      if (event.kind !== "epoch") continue;
      this.#epoch = event;
      const loss = event.validation?.["loss"] ?? Number.NaN;
      if (loss < (this.#best?.loss ?? Infinity)) {
        this.#best = { epoch: event.epoch, step: event.step, loss };
      }
    }
  }

  feedAll(): this {
    this.feed(Infinity);
    return this;
  }

  end(status: RunStatus, error: string | null = null): this {
    this.status = status;
    this.error = error;
    return this;
  }

  view(): RunView {
    const info = this.curves.run ?? null;
    return {
      id: info?.id ?? "run",
      name: info?.name ?? "net",
      status: this.status,
      started: info?.started ?? "2026-11-20T12:00:00.000Z",
      error: this.error,
      info,
      progress: this.#step && {
        step: this.#step.step,
        epoch: this.#step.epoch,
        seconds: this.#step.seconds,
        stepsPerSecond: 812,
        loss: this.#step.loss,
        train: this.#epoch?.train ?? null,
        validation: this.#epoch?.validation ?? null,
      },
      best: this.#best,
      lastStep: this.#step?.step ?? 0,
      curves: this.curves.names,
      findings: this.findings,
    };
  }

  state(): PageState {
    const run = this.view();
    const { id, name, status, started } = run;
    return { runs: [{ id, name, status, started }], run };
  }

  answer(queries: readonly CurveQuery[]): ArrayBuffer {
    return pack(
      queries.map(
        ({ curve, from, to, pixels }) => this.curves.get(curve)?.stretch(from, to, pixels) ?? EMPTY,
      ),
    );
  }
}
