/** All that a run's events say so far: its curves, findings, progress and outcome. */
import { Engine } from "../diagnosis/engine.ts";
import type { Finding, Summary } from "../diagnosis/finding.ts";
import type { DiagnosisOptions } from "../diagnosis/options.ts";
import { Curves } from "../telemetry/curves.ts";
import type {
  EndEvent,
  EpochEvent,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../telemetry/events.ts";

export class RunRecord {
  readonly curves = new Curves();
  /** The last of each kind. */
  step: StepEvent | undefined;
  /** The first that this very process made: a resumed run tells those of the earlier one before. */
  firstStep: StepEvent | undefined;
  epoch: EpochEvent | undefined;
  end: EndEvent | undefined;
  /** The epoch with the lowest validation loss. */
  best: EpochEvent | undefined;
  #engine: Engine;

  constructor(options: DiagnosisOptions = {}) {
    this.#engine = new Engine(options);
  }

  get run(): RunEvent | undefined {
    return this.curves.run;
  }

  /** In the order in which a person should act. */
  get findings(): Finding[] {
    return this.#engine.findings;
  }

  /**
   * Judges what happened so far anew.
   * @param replay gives all that was pushed so far, in its order
   */
  protected judgeAnew(
    options: DiagnosisOptions,
    replay: (take: (event: TelemetryEvent) => void) => void,
  ): void {
    const engine = new Engine(options);
    replay((event) => engine.push(event));
    this.#engine = engine;
  }

  push(event: TelemetryEvent): void {
    this.curves.push(event);
    this.#engine.push(event);
    if (event.kind === "step") this.#takeStep(event);
    else if (event.kind === "epoch") this.#takeEpoch(event);
    else if (event.kind === "end") this.end = event;
  }

  /** Contract 2's last line. `status` and `error` are the caller's: a dead trainer writes no `end`. */
  summary(folder: string, status: string, error: string | null): Summary {
    const open = this.findings.filter((finding) => finding.state === "open");
    const count = (severity: string) => open.filter((f) => f.severity === severity).length;
    return {
      kind: "summary",
      run: folder,
      status,
      error,
      steps: this.step?.step ?? this.epoch?.step ?? 0,
      seconds: this.end?.seconds ?? this.step?.seconds ?? 0,
      train: this.end?.train ?? this.epoch?.train ?? null,
      validation: this.end?.validation ?? this.epoch?.validation ?? null,
      test: this.end?.test ?? null,
      testUses: this.end?.testUses ?? null,
      counts: { error: count("error"), warning: count("warning"), info: count("info") },
      ...this.#engine.coverage,
    };
  }

  #takeStep(event: StepEvent): void {
    this.step = event;
    if (event.step > (this.run?.resumed?.step ?? 0)) this.firstStep ??= event;
  }

  #takeEpoch(event: EpochEvent): void {
    this.epoch = event;
    const loss = event.validation?.["loss"] ?? Number.NaN;
    const lowest = this.best?.validation?.["loss"] ?? Number.POSITIVE_INFINITY;
    if (event.epoch > 0 && loss < lowest) this.best = event;
  }
}
