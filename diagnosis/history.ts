/** What every detector may want to know of the run so far. */
import type {
  DataEvent,
  EpochEvent,
  LayerColumns,
  LayerInfo,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../telemetry/events.ts";
import { median } from "./robust.ts";
import { type InitialScale, initialScale } from "./scale.ts";

/** Steps over which the size of the first updates is judged: before training has changed the weights much. */
const EARLY_STEPS = 10;

export class History {
  run: RunEvent | undefined;
  data: DataEvent | undefined;
  /** The first step of all. */
  firstStep: StepEvent | undefined;
  lastStep: StepEvent | undefined;
  /** Columns of the first step that has them: the weights as they were initialised. */
  initial: LayerColumns | undefined;
  /** All of them; the one of epoch 0 is the state before the first update. */
  readonly epochs: EpochEvent[] = [];
  /** By layer. */
  readonly #earlyUpdates: number[][] = [];
  #early = 0;

  push(event: TelemetryEvent): void {
    if (event.kind === "step") {
      this.firstStep ??= event;
      this.lastStep = event;
      if (event.layers && this.#early < EARLY_STEPS) this.#keepEarly(event.layers);
    } else if (event.kind === "epoch") this.epochs.push(event);
    else if (event.kind === "run") this.run = event;
    else if (event.kind === "data") this.data = event;
  }

  get layers(): LayerInfo[] {
    return this.run?.layers ?? [];
  }

  /**
   * The loss of a model that has learned nothing: ln(classes) for classification (lesson 001, S1-01),
   * otherwise the loss before the first update.
   */
  get chanceLoss(): number {
    const classes = this.run?.classes;
    if (classes && classes > 1) return Math.log(classes);
    const before = this.epochs[0]?.epoch === 0 ? this.epochs[0] : undefined;
    return before?.train["loss"] ?? this.firstStep?.loss ?? Number.NaN;
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

  /** The scale of the initial weights of all layers together; `diagnosis/scale.ts`. */
  get initialScale(): InitialScale {
    return initialScale(this.layers, this.initial);
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
