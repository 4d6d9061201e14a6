/** Valid events to build tests from; each test states only what it is about. */
import type {
  EndEvent,
  EpochEvent,
  LayerColumns,
  LayerInfo,
  RunEvent,
  StepEvent,
  TelemetryEvent,
} from "../../telemetry/events.ts";
import { EVENT_VERSION } from "../../telemetry/events.ts";

export function layerInfo(name: string, overrides: Partial<LayerInfo> = {}): LayerInfo {
  return {
    name,
    type: "dense",
    activation: "relu",
    units: 64,
    parameters: 64 * 65,
    fanIn: 64,
    fanOut: 64,
    initializer: "heNormal",
    anchor: { file: "/project/net.train.json", line: 10, column: 5 },
    ...overrides,
  };
}

export function runEvent(overrides: Partial<RunEvent> = {}): RunEvent {
  const at = (line: number) => ({ file: "/project/net.train.json", line, column: 3 });
  return {
    kind: "run",
    version: EVENT_VERSION,
    id: "20261120-120000-net",
    name: "net",
    file: "/project/net.train.json",
    started: "2026-11-20T12:00:00.000Z",
    pid: process.pid,
    host: "test",
    framework: "tensorflow.js 4.22.0",
    backend: "wasm",
    device: "cpu",
    optimizer: { name: "adam", learningRate: 0.001, settings: {} },
    loss: "sparseCategoricalCrossentropy",
    batchSize: 32,
    epochs: 50,
    examples: { train: 1000, validation: 300, test: 300 },
    classes: 10,
    seed: 1,
    rank: 0,
    worldSize: 1,
    earlyStopping: null,
    layers: [
      layerInfo("hidden_1", { anchor: at(10) }),
      layerInfo("hidden_2", { anchor: at(11) }),
      layerInfo("output", {
        units: 10,
        parameters: 650,
        fanOut: 10,
        activation: "softmax",
        anchor: at(12),
      }),
    ],
    anchors: { optimizer: at(20), loss: at(21), fit: at(22), data: at(2) },
    ...overrides,
  };
}

const LAYERS = 3;
const column = (value: number | null) => Array.from({ length: LAYERS }, () => value);

/** A calm step of a net with three layers; columns can be given in part. */
export function stepEvent(
  overrides: Partial<Omit<StepEvent, "layers">> & { step: number; layers?: Partial<LayerColumns> },
): StepEvent {
  const { layers, ...rest } = overrides;
  return {
    kind: "step",
    epoch: 1,
    seconds: overrides.step / 1000,
    loss: 1,
    learningRate: 0.001,
    gradientNorm: 2,
    clippedNorm: 2,
    sampled: true,
    layers: {
      gradientNorm: column(1),
      // He's standard deviation for fan-in 64 and 64 units.
      weightNorm: [Math.sqrt(2 / 64) * 64, Math.sqrt(2 / 64) * 64, Math.sqrt((2 / 64) * 640)],
      updateRatio: column(0.001),
      activationMean: column(0.4),
      activationStd: column(0.6),
      silent: [0.1, 0.1, null],
      saturated: column(null),
      ...layers,
    },
    ...rest,
  };
}

export function epochEvent(
  epoch: number,
  train: { loss: number; accuracy?: number },
  validation: { loss: number; accuracy?: number } | null,
  silent: (number | null)[] = [0.1, 0.1, null],
): EpochEvent {
  return { kind: "epoch", epoch, step: epoch * 32, seconds: epoch, train, validation, silent };
}

export function endEvent(overrides: Partial<EndEvent> = {}): EndEvent {
  return {
    kind: "end",
    status: "completed",
    step: 64,
    epoch: 2,
    seconds: 1,
    error: null,
    cause: null,
    anchor: null,
    bestEpoch: null,
    train: null,
    validation: null,
    test: null,
    ...overrides,
  };
}

/** The steps of one epoch, all alike. */
export function stepsOf(epoch: number, overrides: Partial<StepEvent> = {}): TelemetryEvent[] {
  return Array.from({ length: 32 }, (_, i) =>
    stepEvent({ epoch, ...(overrides as object), step: (epoch - 1) * 32 + i + 1 }),
  );
}
