/** What another system is here: its published rules, over the same telemetry as ours. */
import type {
  DataEvent,
  EpochEvent,
  InitialEvent,
  LayerInfo,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../../../telemetry/events.ts";

/** A run's events by kind. */
export class Telemetry {
  run: RunEvent | undefined;
  data: DataEvent | undefined;
  initial: InitialEvent | undefined;
  readonly steps: StepEvent[] = [];
  /** From 1 on. */
  readonly epochs: EpochEvent[] = [];

  constructor(events: readonly TelemetryEvent[]) {
    for (const event of events) {
      if (event.kind === "run") this.run = event;
      else if (event.kind === "data") this.data = event;
      else if (event.kind === "initial") this.initial = event;
      else if (event.kind === "step") this.steps.push(event);
      else if (event.kind === "epoch" && event.epoch > 0) this.epochs.push(event);
    }
  }

  get layers(): readonly LayerInfo[] {
    return this.run?.layers ?? [];
  }

  /** Indices of the layers that have parameters. */
  get weighted(): number[] {
    return this.layers.flatMap(({ parameters }, index) => (parameters > 0 ? [index] : []));
  }

  /** The steps that carry the layers' columns. */
  get sampled(): Sampled[] {
    return this.steps.filter((step): step is Sampled => step.layers !== undefined);
  }

  /** Mean absolute gradient of a layer, from its norm: of a normal distribution √(2/π) of the root mean square. */
  meanGradient(step: Sampled, layer: number): number {
    const { parameters } = this.layers[layer] as LayerInfo;
    const norm = step.layers.gradientNorm[layer] ?? Number.NaN;
    return Math.sqrt(2 / Math.PI / parameters) * norm;
  }

  /** Mean square of a layer's weights: their variance, as their mean is near zero. */
  weightVariance(step: Sampled, layer: number): number {
    const norm = step.layers.weightNorm[layer] ?? Number.NaN;
    return norm ** 2 / (this.layers[layer] as LayerInfo).parameters;
  }

  /** The same metric of every epoch; NaN where an epoch lacks it. */
  trainCurve(metric: string): number[] {
    return this.epochs.map(({ train }) => train[metric] ?? Number.NaN);
  }

  validationCurve(metric: string): number[] {
    return this.epochs.map(({ validation }) => validation?.[metric] ?? Number.NaN);
  }

  /** Whether anything that was measured of the training is NaN or infinite. */
  get nonFinite(): boolean {
    return this.steps.some(
      ({ loss, gradientNorm, layers }) =>
        !Number.isFinite(loss) ||
        !Number.isFinite(gradientNorm) ||
        layers?.weightNorm.some((norm) => norm !== null && !Number.isFinite(norm)),
    );
  }
}

export type Sampled = StepEvent & { layers: NonNullable<StepEvent["layers"]> };

/** Whether it alarms; a rule that lacks its figures does not. */
export type Rule = (run: Telemetry) => boolean;

export interface Peer {
  name: string;
  /** Where the thresholds were published. */
  source: string;
  rules: Readonly<Record<string, Rule>>;
  /** Rules whose inputs are not in this telemetry. */
  leftOut: readonly string[];
}

/** Whether a condition holds this many times in a row. */
export function inARow<T>(
  items: readonly T[],
  times: number,
  holds: (item: T) => boolean,
): boolean {
  let held = 0;
  return items.some((item) => {
    held = holds(item) ? held + 1 : 0;
    return held >= times;
  });
}

/** Means of successive groups; a rest that is no whole group is left out. */
export function means(values: readonly number[], size: number): number[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, group) => {
    const own = values.slice(group * size, (group + 1) * size);
    return own.reduce((sum, value) => sum + value, 0) / size;
  });
}
