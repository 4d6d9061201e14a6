/**
 * The events of a run: one JSON object a line in `events.ndjson`.
 * Written once here; the TypeScript types, the validators and the JSON Schema all come from these values.
 */
import Type from "typebox";

/** Major.minor. A reader refuses a newer major version, and skips kinds that it does not know. */
export const EVENT_VERSION = "1.1";

/** In memory a number, NaN and infinities included; in JSON the last three are strings. */
export const Num = Type.Unsafe<number>({
  anyOf: [{ type: "number" }, { enum: ["NaN", "Infinity", "-Infinity"] }],
});

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** One value a layer, in the order of the `run` event's layers; null where a layer has no such figure. */
const Column = Type.Array(Nullable(Num));

/** Figures by name: `loss`, `accuracy`, … */
export const Metrics = Type.Record(Type.String(), Num);

/** A place in the user's source, line and column counted from 1. */
export const Anchor = Type.Object({
  file: Type.String(),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
});

export const LayerInfo = Type.Object({
  name: Type.String(),
  type: Type.String(),
  activation: Nullable(Type.String()),
  units: Nullable(Count),
  parameters: Count,
  fanIn: Nullable(Count),
  fanOut: Nullable(Count),
  initializer: Nullable(Type.String()),
  anchor: Nullable(Anchor),
});

export const RunEvent = Type.Object({
  kind: Type.Literal("run"),
  version: Type.String(),
  id: Type.String(),
  name: Type.String(),
  /** Absolute path of the recipe or script. */
  file: Type.String(),
  /** ISO 8601. */
  started: Type.String(),
  pid: Count,
  host: Type.String(),
  framework: Type.String(),
  backend: Type.String(),
  device: Type.String(),
  /** In a sentence: what computes, and why nothing faster does. */
  choice: Type.Optional(Type.String()),
  optimizer: Type.Object({
    name: Type.String(),
    learningRate: Num,
    settings: Type.Record(Type.String(), Type.Union([Num, Type.String(), Type.Boolean()])),
  }),
  loss: Type.String(),
  batchSize: Count,
  epochs: Count,
  /** Updates in one pass over the training examples. */
  stepsPerEpoch: Type.Optional(Count),
  /** What the learning rate is going to be, as far as that is known before; straight lines between the points. */
  schedule: Type.Optional(
    Type.Object({
      type: Type.String(),
      planned: Type.Array(Type.Object({ step: Count, learningRate: Num })),
    }),
  ),
  /** The run that this one goes on from, and the updates that it had made. */
  resumed: Type.Optional(Type.Object({ run: Type.String(), step: Count })),
  /** The part of a k-fold cross-validation, from 1. */
  fold: Type.Optional(Type.Object({ index: Count, of: Count })),
  examples: Type.Object({ train: Count, validation: Count, test: Count }),
  classes: Nullable(Count),
  seed: Nullable(Type.Integer()),
  rank: Count,
  worldSize: Count,
  earlyStopping: Nullable(
    Type.Object({ patience: Count, minDelta: Num, restoreBestWeights: Type.Boolean() }),
  ),
  layers: Type.Array(LayerInfo),
  /** Where the settings that are not a layer's stand. */
  anchors: Type.Object({
    optimizer: Nullable(Anchor),
    loss: Nullable(Anchor),
    fit: Nullable(Anchor),
    data: Nullable(Anchor),
  }),
});

/** What is measured of every layer at a step, inside the same forward and backward pass. */
export const LayerColumns = Type.Object({
  /** Euclidean norm of the gradient of the layer's parameters, before clipping. */
  gradientNorm: Column,
  /** Euclidean norm of the layer's parameters before the update. */
  weightNorm: Column,
  /** Norm of the update over norm of the weights. */
  updateRatio: Column,
  activationMean: Column,
  activationStd: Column,
  /** Share of units that are zero on every example of the batch (ReLU family). */
  silent: Column,
  /** Share of outputs within 0.01 of an asymptote (sigmoid, tanh). */
  saturated: Column,
});

export const StepEvent = Type.Object({
  kind: Type.Literal("step"),
  /** Weight updates made so far, this one included: the first step is 1. */
  step: Count,
  epoch: Count,
  /** Since the run began. */
  seconds: Num,
  loss: Num,
  learningRate: Num,
  /** Global norm over all parameters, before clipping. */
  gradientNorm: Num,
  /** The same after clipping. */
  clippedNorm: Num,
  /** Whether this step carries the layers' columns. */
  sampled: Type.Boolean(),
  layers: Type.Optional(LayerColumns),
});

export const EpochEvent = Type.Object({
  kind: Type.Literal("epoch"),
  /** 0 is the state before the first update. */
  epoch: Count,
  step: Count,
  seconds: Num,
  train: Metrics,
  validation: Nullable(Metrics),
  /** Share of units that were zero on every training example of the whole epoch (ReLU family). */
  silent: Column,
});

/** What preflight saw of the inputs, as the network gets them, and of the labels. */
export const DataEvent = Type.Object({
  kind: Type.Literal("data"),
  features: Count,
  inputs: Type.Object({ mean: Num, std: Num, min: Num, max: Num }),
  labels: Type.Array(Type.Object({ label: Type.String(), count: Count })),
});

export const CheckpointEvent = Type.Object({
  kind: Type.Literal("checkpoint"),
  step: Count,
  epoch: Count,
  /** File name inside the run folder. */
  file: Type.String(),
});

export const MessageEvent = Type.Object({
  kind: Type.Literal("message"),
  level: Type.Union([Type.Literal("info"), Type.Literal("warning"), Type.Literal("error")]),
  text: Type.String(),
});

export const EndStatus = Type.Union([
  Type.Literal("completed"),
  Type.Literal("stopped"),
  Type.Literal("failed"),
  Type.Literal("diverged"),
]);

export const EndEvent = Type.Object({
  kind: Type.Literal("end"),
  status: EndStatus,
  step: Count,
  epoch: Count,
  seconds: Num,
  /** One sentence; null unless the run failed or diverged. */
  error: Nullable(Type.String()),
  /** Whether a failure lies in what the user gave, or in the training. */
  cause: Nullable(Type.Union([Type.Literal("input"), Type.Literal("training")])),
  /** Where the user's mistake stands, for the cause `input`. */
  anchor: Nullable(Anchor),
  /** The epoch whose weights were kept, where early stopping chose one. */
  bestEpoch: Nullable(Count),
  train: Nullable(Metrics),
  validation: Nullable(Metrics),
  /** Null as long as the test set is locked. */
  test: Nullable(Metrics),
  /** How often this test set was looked at, with this time; null where it was not. */
  testUses: Type.Optional(Nullable(Count)),
});

/** Every kind, by its discriminant. */
export const EVENT_KINDS = {
  run: RunEvent,
  step: StepEvent,
  epoch: EpochEvent,
  data: DataEvent,
  checkpoint: CheckpointEvent,
  message: MessageEvent,
  end: EndEvent,
} as const;

/** The JSON Schema that other languages' probes are checked against. */
export const TelemetryEvent = Type.Union(Object.values(EVENT_KINDS));

export type Anchor = Type.Static<typeof Anchor>;
export type Metrics = Type.Static<typeof Metrics>;
export type LayerInfo = Type.Static<typeof LayerInfo>;
export type LayerColumns = Type.Static<typeof LayerColumns>;
export type RunEvent = Type.Static<typeof RunEvent>;
export type StepEvent = Type.Static<typeof StepEvent>;
export type EpochEvent = Type.Static<typeof EpochEvent>;
export type DataEvent = Type.Static<typeof DataEvent>;
export type CheckpointEvent = Type.Static<typeof CheckpointEvent>;
export type MessageEvent = Type.Static<typeof MessageEvent>;
export type EndStatus = Type.Static<typeof EndStatus>;
export type EndEvent = Type.Static<typeof EndEvent>;
export type TelemetryEvent =
  | RunEvent
  | StepEvent
  | EpochEvent
  | DataEvent
  | CheckpointEvent
  | MessageEvent
  | EndEvent;
