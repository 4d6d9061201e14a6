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

/** Steps over which the size of the first updates is judged: before training has shrunk them. */
const EARLY_STEPS = 50;

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
  readonly #earlyRatios: number[][] = [];
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

  /** Median update/weight ratio of a layer over the first steps; NaN where the layer has none. */
  earlyUpdateRatio(layer: number): number {
    const ratios = this.#earlyRatios[layer];
    return ratios && ratios.length > 0 ? median(ratios) : Number.NaN;
  }

  /** The largest of the layers' early update ratios; NaN where there are none. */
  get largestUpdateRatio(): number {
    const ratios = this.layers
      .map((_, i) => this.earlyUpdateRatio(i))
      .filter((r) => !Number.isNaN(r));
    return ratios.length > 0 ? Math.max(...ratios) : Number.NaN;
  }

  /**
   * The standard deviation that a layer's weights started with over the one of He et al. 2015, √(2 / fan-in);
   * NaN where that is unknown.
   */
  initialScale(layer: number): number {
    const info = this.layers[layer];
    const norm = this.initial?.weightNorm[layer];
    if (!info?.fanIn || !info.units || typeof norm !== "number") return Number.NaN;
    return norm / Math.sqrt(info.fanIn * info.units) / Math.sqrt(2 / info.fanIn);
  }

  #keepEarly(columns: LayerColumns): void {
    this.initial ??= columns;
    this.#early++;
    columns.updateRatio.forEach((ratio, layer) => {
      if (typeof ratio !== "number" || !Number.isFinite(ratio)) return;
      this.#earlyRatios[layer] ??= [];
      this.#earlyRatios[layer].push(ratio);
    });
  }
}
