/** The run as its events tell it: what is written, and how far it has come. */
import { basename } from "node:path";
import type {
  EpochEvent,
  MessageEvent,
  Metrics,
  RunEvent,
  StepEvent,
} from "../../telemetry/events.ts";
import { EventWriter } from "../../telemetry/files/writer.ts";
import { Control } from "../loop/control.ts";
import { DivergenceWatch } from "../loop/divergence.ts";
import type { Squares } from "../optimizers/update.ts";
import { scalar } from "../probe/rounding.ts";
import type { ProbeSettings } from "./settings.ts";

type Untimed<Event> = Omit<Event, "kind" | "seconds">;

export class Recording {
  readonly control: Control;
  /** Updates made. */
  step = 0;
  /** Passes finished. */
  epoch = 0;
  lastEpoch: Untimed<EpochEvent> | null = null;
  run: RunEvent | null = null;
  /** Whether the user asked for the end. */
  stopped = false;
  /** The sentence, as long as there is no hope. */
  diverged: string | null = null;
  readonly #writer: EventWriter;
  readonly #began = performance.now();
  readonly #watch = new DivergenceWatch();
  /** Until the `run` event is there, which comes first. */
  #waiting: MessageEvent[] = [];
  #failed = false;

  /** @throws {RunFolderError} */
  constructor(readonly settings: ProbeSettings) {
    this.#writer = new EventWriter(settings.run);
    this.control = new Control(settings.run);
  }

  /** Since the run began. */
  get seconds(): number {
    return scalar((performance.now() - this.#began) / 1000);
  }

  /** The script's file name. */
  get name(): string {
    return basename(this.settings.script);
  }

  /** Whether something of ours went wrong: from then on the script is left alone. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Runs what is ours. A failure in it is written down and never reaches the script. */
  readonly quietly = <Result>(work: () => Result): Result | null => {
    if (this.#failed) return null;
    try {
      return work();
    } catch (error) {
      this.#failed = true;
      this.#lament(error as Error);
      return null;
    }
  };

  announce(run: RunEvent): void {
    this.run = run;
    this.write(run);
    for (const message of this.#waiting) this.write(message);
    this.#waiting = [];
  }

  say(level: MessageEvent["level"], text: string): void {
    const message: MessageEvent = { kind: "message", level, text };
    if (this.run) this.write(message);
    else this.#waiting.push(message);
  }

  readonly write: EventWriter["write"] = (event) => this.#writer.write(event);

  /** Writes what gathered. */
  readonly flush = (): void => this.#writer.flush();

  /** @param began of this step, by `performance.now()` */
  writeStep(event: Untimed<StepEvent>, began: number): void {
    this.write({ kind: "step", seconds: this.seconds, ...event });
    this.#writer.flushIfDue(performance.now() - began);
  }

  writeEpoch(event: Untimed<EpochEvent>): void {
    this.lastEpoch = event;
    this.write({ kind: "epoch", seconds: this.seconds, ...event });
  }

  /** Never ends the script: numbers that are lost are shown as they are. */
  judge(loss: number, squares: Squares[]): void {
    this.diverged = this.#watch.check(this.step, loss, squares);
  }

  /** Last of all. @param final the metrics with the last weights */
  end(
    status: "completed" | "stopped" | "failed" | "diverged",
    error: { sentence: string; cause: "input" | "training" } | null,
    final: { train: Metrics | null; validation: Metrics | null },
  ): void {
    for (const message of this.#waiting) this.write(message);
    this.write({
      kind: "end",
      status,
      step: this.step,
      epoch: this.epoch,
      seconds: this.seconds,
      error: error?.sentence ?? null,
      cause: error?.cause ?? null,
      anchor: null,
      bestEpoch: null,
      ...final,
      test: null,
      testUses: null,
    });
    this.#writer.close();
  }

  #lament(error: Error): void {
    const [sentence] = error.message.split("\n");
    try {
      this.say("error", `The probe failed, and ${this.name} went on unobserved: ${sentence}`);
    } catch {
      // The disk is full, or the run folder is gone: the script is not to suffer from it.
    }
  }
}
