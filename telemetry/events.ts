/**
 * The events of a run: one JSON object a line in `events.ndjson`.
 * Written once here; the TypeScript types, the validators and the JSON Schema all come from these values.
 */
import Type from "typebox";

/** Major.minor. A reader refuses a newer major version, and skips kinds that it does not know. */
export const EVENT_VERSION = "1.2";

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
  /** False for weights that are kept as they are; left out: true. */
  trainable: Type.Optional(Type.Boolean()),
  /** Share of inputs that a dropout layer drops. */
  rate: Type.Optional(Num),
  /** Weight penalties: λ Σ |w| and λ Σ w². */
  l1: Type.Optional(Num),
  l2: Type.Optional(Num),
  bias: Type.Optional(Type.Boolean()),
  /** Whether the layer's output is added to what went in: a residual connection ends here. */
  skip: Type.Optional(Type.Boolean()),
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
  /** Length of each axis of one example. */
  inputShape: Type.Optional(Type.Array(Count)),
  /** Whether the examples of an epoch come in a new random order. */
  shuffle: Type.Optional(Type.Boolean()),
  /** Whether a last batch that is smaller than the others is left out. */
  dropRemainder: Type.Optional(Type.Boolean()),
  /** Whether the loss takes the logits, and not what the last layer's activation makes of them. */
  fromLogits: Type.Optional(Type.Boolean()),
  /** What the inputs go through before the network sees them: `standardize`, `pca`, … */
  scaling: Type.Optional(Type.Array(Type.String())),
  augmented: Type.Optional(Type.Boolean()),
  /** Layers whose parameters the optimizer does not hold, though they are not frozen. */
  unoptimized: Type.Optional(Type.Array(Type.String())),
  /** A faster device that this machine has and the run does not use, in words. */
  idleAccelerator: Type.Optional(Type.String()),
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
  /** Cosine of the angle between this gradient and that of the step before; estimated on some of the coordinates. */
  gradientCosine: Type.Optional(Num),
  /** Angle by which clipping turned the gradient, in degrees. */
  clipAngle: Type.Optional(Num),
  /** Seconds of this step that were spent waiting for its examples. */
  waited: Type.Optional(Num),
  /** Backward passes since the gradients were last cleared, where it is more than one; `planned` by the loop or not. */
  accumulated: Type.Optional(Type.Object({ passes: Count, planned: Type.Boolean() })),
  /** Whether layers that behave otherwise in training were in training mode. */
  trainingMode: Type.Optional(Type.Boolean()),
  /** Half precision: the loss scale, and the shares of gradient entries that were lost as 0 or infinite. */
  half: Type.Optional(Type.Object({ scale: Num, zero: Num, infinite: Num })),
});

/** The network before its first update, on its first batch: one forward and one backward pass. */
export const InitialEvent = Type.Object({
  kind: Type.Literal("initial"),
  loss: Num,
  gradientNorm: Num,
  /** The update ratio is null throughout. */
  layers: LayerColumns,
  /** Share of a layer's units whose incoming weights equal those of another of its units, bit for bit. */
  identicalUnits: Column,
  /** Of what the last layer puts out; `spread`: standard deviation over the examples, the mean over the outputs. */
  outputs: Type.Object({ mean: Num, std: Num, min: Num, max: Num, spread: Num }),
});

/** What the ranks of a distributed training measured at one step, in their order. */
export const RanksEvent = Type.Object({
  kind: Type.Literal("ranks"),
  step: Count,
  /** Seconds that each rank computed before it waited for the others. */
  seconds: Type.Array(Num),
  /** Norm of each rank's weights. */
  weightNorm: Type.Array(Num),
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
  /** As in the `initial` event. */
  identicalUnits: Type.Optional(Column),
  /** Where examples are drawn by their loss: share of the epoch's draws that the most drawn 1 % got, and which they are. */
  emphasized: Type.Optional(Type.Object({ share: Num, rows: Type.Array(Count) })),
});

export const LabelCounts = Type.Array(Type.Object({ label: Type.String(), count: Count }));

/** What preflight saw of the inputs, as the network gets them, and of the targets; of the training rows unless it says otherwise. */
export const DataEvent = Type.Object({
  kind: Type.Literal("data"),
  features: Count,
  inputs: Type.Object({ mean: Num, std: Num, min: Num, max: Num }),
  /** Empty for targets that are quantities. */
  labels: LabelCounts,
  validationLabels: Type.Optional(LabelCounts),
  /** Of the features one by one, invalid values left out. `largest` is the one with the largest root mean square. */
  featureScale: Type.Optional(
    Type.Object({
      largest: Type.Object({ feature: Type.String(), mean: Num, std: Num }),
      largestRms: Num,
      smallestRms: Num,
      medianRms: Num,
      /** Features that have one value only. */
      constant: Count,
    }),
  ),
  targets: Type.Optional(
    Type.Object({
      /** One class of several; any number of labels at once; quantities. */
      kind: Type.Union([Type.Literal("class"), Type.Literal("labels"), Type.Literal("number")]),
      /** Values a row: classes as one column, one-hot or ±1 as the network is to put them out. */
      outputs: Count,
      mean: Num,
      std: Num,
      min: Num,
      max: Num,
      /** Mean squared and mean absolute distance from the best constant, the mean over the outputs. */
      variance: Num,
      deviation: Num,
      /** Share of rows further from the median than 10 robust standard deviations (1.4826 MAD); quantities only. */
      outliers: Num,
    }),
  ),
  /** Values that are NaN or infinite, and the first of them. */
  invalid: Type.Optional(
    Type.Object({ inputs: Count, targets: Count, first: Nullable(Type.String()) }),
  ),
  /** Rows with inputs that occurred before: within training, and of validation and test within training. */
  repeated: Type.Optional(Type.Object({ train: Count, validation: Count, test: Count })),
  /** Longest sequence of rows of one class in the order in which an epoch takes them, and what chance makes of it. */
  order: Type.Optional(Type.Object({ longestRun: Count, expectedRun: Num })),
  /** Between features: the largest correlation, and the condition of the correlation matrix. */
  correlation: Type.Optional(Type.Object({ largest: Num, condition: Num })),
  /**
   * Share of rows whose nearest training row (itself left out) has the same class, of training and of validation
   * rows; on a sample. `chance` is what drawing labels at random gives.
   */
  neighbours: Type.Optional(
    Type.Object({ train: Num, validation: Nullable(Num), chance: Num, rows: Count }),
  ),
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
  data: DataEvent,
  initial: InitialEvent,
  step: StepEvent,
  ranks: RanksEvent,
  epoch: EpochEvent,
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
export type InitialEvent = Type.Static<typeof InitialEvent>;
export type RanksEvent = Type.Static<typeof RanksEvent>;
export type StepEvent = Type.Static<typeof StepEvent>;
export type EpochEvent = Type.Static<typeof EpochEvent>;
export type DataEvent = Type.Static<typeof DataEvent>;
export type CheckpointEvent = Type.Static<typeof CheckpointEvent>;
export type MessageEvent = Type.Static<typeof MessageEvent>;
export type EndStatus = Type.Static<typeof EndStatus>;
export type EndEvent = Type.Static<typeof EndEvent>;
export type TelemetryEvent =
  | RunEvent
  | DataEvent
  | InitialEvent
  | StepEvent
  | RanksEvent
  | EpochEvent
  | CheckpointEvent
  | MessageEvent
  | EndEvent;
