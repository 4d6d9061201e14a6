/** All curves of one run by name, filled from its events. The x of every curve is the step. */
import type { LayerColumns, RunEvent, TelemetryEvent } from "./events.ts";
import { Series } from "./series.ts";

/** The per-layer figures that have a curve of their own, as they are called in the events. */
export const LAYER_FIGURES = [
  "gradientNorm",
  "weightNorm",
  "updateRatio",
  "activationMean",
  "activationStd",
  "silent",
  "saturated",
] as const satisfies readonly (keyof LayerColumns)[];

const STEP_FIGURES = ["loss", "learningRate", "gradientNorm", "clippedNorm"] as const;

/**
 * Names: `loss`, `learningRate`, `gradientNorm`, `clippedNorm` (each step); `train.loss`,
 * `validation.accuracy`, … (each epoch); `layer.0.gradientNorm`, … (each sampled step) and
 * `layer.0.epochSilent` (each epoch), by the layer's place in the `run` event.
 */
export class Curves {
  readonly #series = new Map<string, Series>();
  /** The layers' series by figure and layer: a name for each point would cost more than the point. */
  readonly #columns = new Map<string, Series[]>();
  run: RunEvent | undefined;

  get names(): string[] {
    return [...this.#series.keys()];
  }

  get(name: string): Series | undefined {
    return this.#series.get(name);
  }

  push(event: TelemetryEvent): void {
    if (event.kind === "run") this.run = event;
    else if (event.kind === "step") {
      for (const figure of STEP_FIGURES) this.#named(figure).push(event.step, event[figure]);
      if (!event.layers) return;
      for (const figure of LAYER_FIGURES) this.#addColumn(figure, event.step, event.layers[figure]);
    } else if (event.kind === "epoch") {
      for (const part of ["train", "validation"] as const) {
        for (const [metric, value] of Object.entries(event[part] ?? {})) {
          this.#named(`${part}.${metric}`).push(event.step, value);
        }
      }
      this.#addColumn("epochSilent", event.step, event.silent);
    }
  }

  #addColumn(figure: string, step: number, column: readonly (number | null)[]): void {
    let layers = this.#columns.get(figure);
    if (!layers) {
      layers = [];
      this.#columns.set(figure, layers);
    }
    for (let layer = 0; layer < column.length; layer++) {
      const value = column[layer];
      if (typeof value !== "number") continue;
      const series = layers[layer] ?? this.#named(`layer.${layer}.${figure}`);
      layers[layer] = series;
      series.push(step, value);
    }
  }

  #named(name: string): Series {
    let series = this.#series.get(name);
    if (!series) {
      series = new Series();
      this.#series.set(name, series);
    }
    return series;
  }
}
