/** The layers' columns over a few sampled steps: what a detector judges instead of one noisy step. */
import type { LayerColumns, StepEvent } from "../../telemetry/events.ts";
import { medianInPlace } from "../robust.ts";

/** Steps in a window; odd, so that the median is one of them. */
const ROWS = 9;
/** Of several sampled steps one is taken: all at first, when every step counts, one in eight in the long run. */
const LARGEST_STRIDE = 8;

export class LayerWindow {
  readonly kind = "window";
  readonly firstStep: number;
  readonly lastStep: number;
  readonly #rows: readonly LayerColumns[];
  readonly #medians = new Map<keyof LayerColumns, Float64Array>();

  constructor(steps: readonly StepEvent[]) {
    this.firstStep = steps[0]?.step ?? 0;
    this.lastStep = steps.at(-1)?.step ?? 0;
    this.#rows = steps.flatMap(({ layers }) => (layers ? [layers] : []));
  }

  /** @returns by layer the median over the window; NaN where the layer has no such figure, or most of them are NaN */
  of(column: keyof LayerColumns): Float64Array {
    let medians = this.#medians.get(column);
    if (!medians) {
      const layers = this.#rows[0]?.[column].length ?? 0;
      medians = new Float64Array(layers);
      const sorted = new Float64Array(this.#rows.length);
      for (let layer = 0; layer < layers; layer++) {
        for (let i = 0; i < sorted.length; i++) {
          sorted[i] = this.#rows[i]?.[column][layer] ?? Number.NaN;
        }
        medians[layer] = medianInPlace(sorted);
      }
      this.#medians.set(column, medians);
    }
    return medians;
  }
}

/** Gathers steps until a window is full. */
export class WindowGatherer {
  #steps: StepEvent[] = [];
  #stride = 1;
  #skipped = 0;

  /** @returns the window that this step completes */
  push(step: StepEvent): LayerWindow | undefined {
    if (!step.layers || ++this.#skipped < this.#stride) return undefined;
    this.#skipped = 0;
    this.#steps.push(step);
    return this.#steps.length === ROWS ? this.close() : undefined;
  }

  /** At the end of a short run: the window of what there is, undefined if that is less than a third of one. */
  close(): LayerWindow | undefined {
    const steps = this.#steps;
    if (steps.length < ROWS / 3) return undefined;
    this.#steps = [];
    this.#stride = Math.min(LARGEST_STRIDE, this.#stride * 2);
    return new LayerWindow(steps);
  }
}
