/** Contract 2: a finding, one symptom seen in one run. `--json` prints these. */
import Type from "typebox";
import { Anchor, Metrics, Num } from "../telemetry/events.ts";

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Step = Type.Integer({ minimum: 0 });

/**
 * The ids of `DESIGN.md`; one never changes once landed. `clipping-misused`, `rbf-misused`,
 * `uneven-layers`, `test-reuse`, `normalization-misplaced` and `optimizer-settings` are more than there: rules of the
 * lessons that no other id names.
 */
export const SYMPTOMS = [
  "exploding-gradients",
  "vanishing-gradients",
  "non-finite",
  "noisy-gradients",
  "clipping-misused",
  "dead-relu",
  "saturated-activations",
  "signal-collapse",
  "signal-explosion",
  "activation-drift",
  "rbf-misused",
  "symmetric-weights",
  "weights-growing",
  "frozen-layer",
  "uneven-layers",
  "learning-rate-too-high",
  "learning-rate-too-low",
  "loss-spike",
  "loss-oscillation",
  "plateau",
  "at-chance",
  "overfitting-gap",
  "validation-rising",
  "underfitting",
  "test-reuse",
  "unnormalized-inputs",
  "unshuffled-data",
  "class-imbalance",
  "too-little-data",
  "bad-labels",
  "data-leak",
  "init-mismatch",
  "output-loss-mismatch",
  "schedule-shape",
  "batch-size",
  "no-validation",
  "no-early-stopping",
  "depth-without-skip",
  "depth-without-normalization",
  "dropout-misplaced",
  "normalization-misplaced",
  "optimizer-settings",
  "gradients-not-cleared",
  "parameters-not-optimized",
  "wrong-mode",
  "detached-loss",
  "half-precision-overflow",
  "half-precision-underflow",
  "accelerator-idle",
  "input-bound",
  "replica-drift",
  "straggler-rank",
] as const;

export const SEVERITIES = ["error", "warning", "info"] as const;

/** One number that supports a finding. */
export const Evidence = Type.Object({
  /** As the curve is called: `loss`, `layer.0.epochSilent`, … */
  metric: Type.String(),
  layer: Nullable(Type.String()),
  firstStep: Step,
  lastStep: Step,
  value: Num,
  threshold: Num,
  /** One phrase for people: "61 % of 64 units silent over the whole epoch". */
  text: Type.String(),
});

export const RemedyOffer = Type.Object({
  id: Type.String(),
  title: Type.String(),
  preferred: Type.Boolean(),
  /** The number it inserts, where it has one. */
  value: Nullable(Num),
  /** Names of the layers it changes; empty where it changes none. */
  layers: Type.Array(Type.String()),
});

export const Finding = Type.Object({
  kind: Type.Literal("finding"),
  symptom: Type.Enum([...SYMPTOMS]),
  severity: Type.Enum([...SEVERITIES]),
  state: Type.Union([Type.Literal("open"), Type.Literal("resolved")]),
  layers: Type.Array(Type.String()),
  /** Since when it is so; … */
  firstStep: Step,
  lastStep: Step,
  /** … and the step at which the evidence sufficed to say so. */
  detectedStep: Step,
  message: Type.String(),
  evidence: Type.Array(Evidence),
  anchor: Nullable(Anchor),
  /** The symptom that led to this one; null for what a person should act on first. */
  cause: Nullable(Type.Enum([...SYMPTOMS])),
  /** What it led to, directly or not. */
  consequences: Type.Array(Type.Enum([...SYMPTOMS])),
  /** What this run does not tell, and a closer judgement would need. */
  notChecked: Type.Array(Type.String()),
  remedies: Type.Array(RemedyOffer),
  /** Which rule of the lessons, and the paper. */
  lesson: Type.String(),
});

/** The last line of `--json`. */
export const Summary = Type.Object({
  kind: Type.Literal("summary"),
  run: Type.String(),
  status: Type.String(),
  error: Nullable(Type.String()),
  steps: Step,
  seconds: Num,
  train: Nullable(Metrics),
  validation: Nullable(Metrics),
  /** Null as long as the test set is locked. */
  test: Nullable(Metrics),
  /** How often this test set was looked at; null where it was not. */
  testUses: Nullable(Step),
  counts: Type.Object({
    error: Type.Integer(),
    warning: Type.Integer(),
    info: Type.Integer(),
  }),
  /** Symptoms that this run tells enough to be judged by, … */
  checked: Type.Array(Type.Enum([...SYMPTOMS])),
  /** … and the others, with what is missing. */
  unchecked: Type.Array(
    Type.Object({ symptom: Type.Enum([...SYMPTOMS]), missing: Type.Array(Type.String()) }),
  ),
});

export type Evidence = Type.Static<typeof Evidence>;
export type RemedyOffer = Type.Static<typeof RemedyOffer>;
export type Finding = Type.Static<typeof Finding>;
export type Summary = Type.Static<typeof Summary>;
export type Symptom = Finding["symptom"];
export type Severity = Finding["severity"];
