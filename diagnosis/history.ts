/** What every detector may want to know of the run so far. */
import type {
  DataEvent,
  EndEvent,
  EpochEvent,
  InitialEvent,
  LayerColumns,
  LayerInfo,
  RanksEvent,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../telemetry/events.ts";
import type { Need } from "./detector.ts";
import { type Chance, chanceOf } from "./history/chance.ts";
import { LossTrend } from "./history/lossTrend.ts";
import { type LayerWindow, WindowGatherer } from "./history/window.ts";
import { median } from "./robust.ts";

/** Steps over which the size of the first updates is judged: before training has changed the weights much. */
const EARLY_STEPS = 10;

export class History {
  run: RunEvent | undefined;
  data: DataEvent | undefined;
  /** The last of them. */
  ranks: RanksEvent | undefined;
  /** The network before its first update. */
  initialState: InitialEvent | undefined;
  /** The first step of all. */
  firstStep: StepEvent | undefined;
  lastStep: StepEvent | undefined;
  /** Columns of the first step that has them: the weights as they were initialised. */
  initial: LayerColumns | undefined;
  /** All of them; the one of epoch 0 is the state before the first update. */
  readonly epochs: EpochEvent[] = [];
  end: EndEvent | undefined;
  /** Of the steps' losses; of the epochs' where no steps are told. */
  readonly trend = new LossTrend();
  /** The window that the last event completed. */
  window: LayerWindow | undefined;
  readonly #gatherer = new WindowGatherer();
  #lastSampled: StepEvent | undefined;
  #chance: Chance | undefined;
  /** By layer. */
  readonly #earlyUpdates: number[][] = [];
  #early = 0;

  push(event: TelemetryEvent): void {
    this.window = undefined;
    switch (event.kind) {
      case "step":
        this.#takeStep(event);
        return;
      case "epoch":
        this.#takeEpoch(event);
        return;
      case "end":
        this.end = event;
        this.window = this.#gatherer.close();
        return;
      case "run":
        this.run = event;
        this.#chance = undefined;
        return;
      case "data":
        this.data = event;
        this.#chance = undefined;
        return;
      case "ranks":
        this.ranks = event;
        return;
      case "initial":
        this.initialState = event;
        this.initial ??= event.layers;
    }
  }

  get layers(): LayerInfo[] {
    return this.run?.layers ?? [];
  }

  /** Of a model that has learned nothing; `history/chance.ts`. */
  get chance(): Chance {
    this.#chance ??= chanceOf(this.run, this.data);
    return this.#chance;
  }

  /** The loss of a model that has learned nothing; where that is not known, the loss before the first update. */
  get chanceLoss(): number {
    const { loss } = this.chance;
    return Number.isNaN(loss) ? this.initialLoss : loss;
  }

  /** The loss before the first update; NaN before it is known. */
  get initialLoss(): number {
    const before = this.epochs[0]?.epoch === 0 ? this.epochs[0].train["loss"] : undefined;
    return before ?? this.initialState?.loss ?? this.firstStep?.loss ?? Number.NaN;
  }

  /** Steps that the run is going to take; NaN where that is not known. */
  get plannedSteps(): number {
    const { stepsPerEpoch, epochs } = this.run ?? {};
    return stepsPerEpoch && epochs ? stepsPerEpoch * epochs : Number.NaN;
  }

  /** Share of the planned steps that were taken; 1 at the end, NaN where the plan is not known. */
  get share(): number {
    return this.end ? 1 : (this.lastStep?.step ?? 0) / this.plannedSteps;
  }

  /**
   * What is left to learn, as a share of what knowing nothing leaves: 0 everything was learned, 1 nothing, above 1 the
   * model does worse than a constant. By the loss; by the errors where chance is not known for it. NaN before anything
   * is known.
   */
  get unlearned(): number {
    const byErrors = this.#unlearnedByErrors;
    if (Number.isNaN(this.chance.loss) && !Number.isNaN(byErrors)) return byErrors;
    const loss = this.trend.recent();
    if (this.trend.blocks.length > 0 && !Number.isFinite(loss)) return Number.POSITIVE_INFINITY;
    return loss / this.chanceLoss;
  }

  /** Whether the run told this figure, at its last opportunity; of alternatives (`a | b`), one of them. */
  has(need: Need): boolean {
    return need.split(" | ").some((path) => this.#tells(path.split(".")));
  }

  /**
   * How much of the weights as they were initialised one of the first updates changes, in the layer where that is
   * most; the median over those steps, NaN where it was not measured. Not the ratio of each step: huge updates
   * make the weights huge at once, and then look small beside them.
   */
  get earlyUpdate(): number {
    const medians = this.#earlyUpdates.map(median);
    return medians.length > 0 ? Math.max(...medians) : Number.NaN;
  }

  /** The largest of the first updates, in the same measure. */
  get largestEarlyUpdate(): number {
    const all = this.#earlyUpdates.flat();
    return all.length > 0 ? Math.max(...all) : Number.NaN;
  }

  #tells([kind, ...path]: string[]): boolean {
    let value: unknown = {
      run: this.run,
      data: this.data,
      initial: this.initialState,
      ranks: this.ranks,
      step: path[0] === "layers" ? this.#lastSampled : this.lastStep,
      epoch: this.epochs.at(-1),
      end: this.end,
    }[kind as string];
    for (const key of path) value = (value as Record<string, unknown> | undefined | null)?.[key];
    // A list of a run's settings may be empty; a run without layers does not tell them.
    if (Array.isArray(value) && kind === "run") return path[0] !== "layers" || value.length > 0;
    if (Array.isArray(value)) return value.some((entry) => entry !== null);
    // Of a setting that another tool does not write down, the run event says 0, nothing or NaN.
    if (kind === "run" && (value === 0 || value === "" || Number.isNaN(value))) return false;
    // Other tools log the loss alone: what is NaN while the loss is a number was never measured.
    const started = this.firstStep && Number.isFinite(this.firstStep.loss);
    const first = (this.firstStep as unknown as Record<string, unknown> | undefined)?.[
      path[0] ?? ""
    ];
    return value != null && !(kind === "step" && started && Number.isNaN(first));
  }

  get #unlearnedByErrors(): number {
    const accuracy = this.epochs.at(-1)?.train["accuracy"] ?? Number.NaN;
    return (1 - accuracy) / (1 - this.chance.accuracy);
  }

  #takeStep(event: StepEvent): void {
    this.firstStep ??= event;
    this.lastStep = event;
    this.trend.push(event.step, event.loss);
    if (!event.layers) return;
    this.#lastSampled = event;
    if (this.#early < EARLY_STEPS) this.#keepEarly(event.layers);
    this.window = this.#gatherer.push(event);
  }

  #takeEpoch(event: EpochEvent): void {
    this.epochs.push(event);
    const loss = event.train["loss"];
    if (!this.lastStep && loss !== undefined) this.trend.push(event.step, loss);
  }

  #keepEarly(columns: LayerColumns): void {
    this.initial ??= columns;
    this.#early++;
    columns.updateRatio.forEach((ratio, layer) => {
      const now = columns.weightNorm[layer];
      const initial = this.initial?.weightNorm[layer];
      const update = ((ratio ?? Number.NaN) * (now ?? Number.NaN)) / (initial ?? Number.NaN);
      if (!Number.isFinite(update)) return;
      this.#earlyUpdates[layer] ??= [];
      this.#earlyUpdates[layer].push(update);
    });
  }
}
