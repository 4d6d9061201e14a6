/** The state before the first update, to build tests from. */
import type { DataEvent, InitialEvent, LayerColumns, LayerInfo } from "../../telemetry/events.ts";
import { layerInfo } from "./events.ts";

/** Of as many layers as the longest column given; each test states only what it is about. */
export function initialEvent(
  columns: Partial<LayerColumns> = {},
  overrides: Partial<Omit<InitialEvent, "layers">> = {},
): InitialEvent {
  const length = Math.max(3, ...Object.values(columns).map((column) => column.length));
  const all = (value: number | null) => Array.from({ length }, () => value);
  return {
    kind: "initial",
    loss: 2.3,
    gradientNorm: 2,
    layers: {
      gradientNorm: all(1),
      weightNorm: all(null),
      updateRatio: all(null),
      activationMean: all(0.4),
      activationStd: all(0.6),
      silent: all(null),
      saturated: all(null),
      ...columns,
    },
    identicalUnits: all(0),
    outputs: { mean: 0.1, std: 0.05, min: 0.01, max: 0.3, spread: 0.05 },
    ...overrides,
  };
}

/** Inputs of mean 0 and deviation 1. */
export function dataEvent(overrides: Partial<DataEvent> = {}): DataEvent {
  return {
    kind: "data",
    features: 64,
    inputs: { mean: 0, std: 1, min: -3, max: 3 },
    labels: Array.from({ length: 10 }, (_, i) => ({ label: String(i), count: 100 })),
    ...overrides,
  };
}

/** Hidden layers of one width and activation, and a softmax of 10 on top. */
export function stack(depth: number, width: number, activation: string): LayerInfo[] {
  const size = { fanIn: width, fanOut: width, units: width, parameters: width * (width + 1) };
  return [
    ...Array.from({ length: depth }, (_, i) =>
      layerInfo(`dense_${i + 1}`, { ...size, activation }),
    ),
    layerInfo("output", {
      ...size,
      fanOut: 10,
      units: 10,
      parameters: 10 * (width + 1),
      activation: "softmax",
    }),
  ];
}

/** Norms of weights drawn with one standard deviation, layer by layer. */
export function normsOf(layers: readonly LayerInfo[], std: number): number[] {
  return layers.map(({ fanIn, units }) => std * Math.sqrt((fanIn ?? 0) * (units ?? 0)));
}
