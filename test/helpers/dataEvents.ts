/** What preflight and the first pass see of data and networks that are in order; each test states what is not. */
import type { DataEvent, InitialEvent, LayerInfo } from "../../telemetry/events.ts";

type Scale = NonNullable<DataEvent["featureScale"]>;
type Targets = NonNullable<DataEvent["targets"]>;

/** Standardised inputs, ten classes of 100 rows each. */
export function dataEvent(overrides: Partial<DataEvent> = {}): DataEvent {
  return {
    kind: "data",
    features: 64,
    inputs: { mean: 0, std: 1, min: -4, max: 4 },
    labels: Array.from({ length: 10 }, (_, i) => ({ label: String(i), count: 100 })),
    ...overrides,
  };
}

/** One feature as large as the others. */
export function scaleOf(mean: number, std: number, medianRms = Math.hypot(mean, std)): Scale {
  const rms = Math.hypot(mean, std);
  const largest = { feature: "feature 1", mean, std };
  return { largest, largestRms: rms, smallestRms: medianRms, medianRms, constant: 0 };
}

export function quantities(overrides: Partial<Targets> = {}): Targets {
  return {
    kind: "number",
    outputs: 1,
    mean: 0,
    std: 1,
    min: -3,
    max: 3,
    variance: 1,
    deviation: 0.8,
    outliers: 0,
    ...overrides,
  };
}

/** One-hot classes, as balanced as the sample has them. */
export function classTargets(outputs: number, overrides: Partial<Targets> = {}): Targets {
  const mean = 1 / outputs;
  const variance = mean * (1 - mean);
  return quantities({
    kind: "class",
    outputs,
    mean,
    std: Math.sqrt(variance),
    variance,
    min: 0,
    max: 1,
    ...overrides,
  });
}

/** Before the first update. @param std of each layer's weights, biases at 0 */
export function initialEvent(
  layers: readonly LayerInfo[],
  std: readonly number[],
  overrides: Partial<InitialEvent["layers"]> & { loss?: number } = {},
): InitialEvent {
  const { loss = 2.3, ...columns } = overrides;
  const none = layers.map(() => null);
  return {
    kind: "initial",
    loss,
    gradientNorm: 1,
    layers: {
      gradientNorm: none,
      weightNorm: layers.map(({ fanIn, units }, i) =>
        fanIn && units ? std[i]! * Math.sqrt(fanIn * units) : null,
      ),
      updateRatio: none,
      activationMean: none,
      activationStd: none,
      silent: none,
      saturated: none,
      ...columns,
    },
    identicalUnits: none,
    outputs: { mean: 0, std: 1, min: -3, max: 3, spread: 1 },
  };
}
