/**
 * Batches that are so small that their gradients are mostly noise, or so large that the training has few updates; or
 * too small for batch normalisation, which takes its statistics from them.
 */
import type { DataEvent, RunEvent } from "../../telemetry/events.ts";
import { defineDetector, type Observation } from "../detector.ts";
import { short } from "../format.ts";
import { batchSize as batchSizeRemedy } from "../remedies/batch-size.ts";
import { dropRemainder } from "../remedies/drop-remainder.ts";
import { layerNormalization } from "../remedies/layer-normalization.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { isBatchNorm, weightedLayers } from "../theory/network.ts";
import { usualRate } from "../theory/optimizers.ts";

/** Lesson 002 allows as many where the learning rate grows along (Goyal et al. 2017). */
const LARGEST_SCALED = 512;
const SCALED_RATE = 2;
/** Share of what there was to learn that is left. */
const FAILED = 0.5;

interface Limits {
  least: number;
  most: number;
  noisy: number;
  normalized: number;
  remainder: number;
  updates: number;
  overshoot: number;
}

export const batchSize = defineDetector({
  symptom: "batch-size",
  lesson:
    "Lesson 000, mini-batches of 32 to 256 (S0-20); lesson 001, batch normalisation needs a batch (S1-21; Ioffe and Szegedy 2015)",
  needs: ["run.batchSize"],
  wants: ["run.stepsPerEpoch", "data.inputs"],
  starts:
    "before the first update, from the settings and the size of the inputs; at the end, whether few updates were too few",
  thresholds: {
    least: { value: 32, what: "examples a batch", source: "Lesson 000 (S0-20)" },
    most: { value: 256, what: "examples a batch", source: "Lesson 000 (S0-20)" },
    noisy: {
      value: 8,
      what: "examples a batch, below which a step follows single examples",
      source:
        "Lesson 001 (S1-21); the noise of a gradient falls with the root of the batch (S3-11)",
    },
    normalized: {
      value: 8,
      what: "examples a batch under batch normalisation",
      source: "Lesson 001 (S1-21); Wu and He 2018",
    },
    remainder: {
      value: 16,
      what: "examples in the last batch under batch normalisation",
      source: "Lesson 001 (S1-21)",
    },
    updates: {
      value: 200,
      what: "updates in the whole training, below which a large batch leaves too few",
      source: "Ours: one batch needs up to 200 to be learned by heart (lesson 003, S3-22)",
    },
    overshoot: {
      value: 4,
      what: "learning rate times the squared norm of an example, over the batch size",
      source:
        "Ma et al. 2018: steps by small batches converge below 2 over the curvature of one example's loss, at most ½ for cross-entropy (Böhning 1992)",
    },
  },
  remedies: [batchSizeRemedy, layerNormalization, dropRemainder],
  on: ["run", "data", "end"],
  create(limits) {
    return (event, { run, data, unlearned }) => {
      if (!["run", "data", "end"].includes(event.kind)) return undefined;
      const failed = event.kind === "end" && unlearned > FAILED;
      if (!run || run.batchSize === 0) return undefined;
      return (
        underNormalization(run, limits) ??
        overshooting(run, data, limits) ??
        small(run, limits) ??
        large(run, failed, limits)
      );
    };
  },
});

function underNormalization(run: RunEvent, limits: Limits): Observation | undefined {
  const layer = run.layers.find(({ type }) => isBatchNorm(type));
  if (!layer) return undefined;
  const { batchSize: size, examples, dropRemainder: dropped } = run;
  const told = { layers: [layer.name], anchor: layer.anchor ?? run.anchors.fit };
  if (size < limits.normalized) {
    const text = `batches of ${size}`;
    return fromTheStart({
      ...told,
      severity: "warning",
      message: `Batch normalisation in ${layer.name} takes mean and variance from ${text}: that is mostly noise below ${limits.normalized} examples.`,
      evidence: [figure("batchSize", size, limits.normalized, text)],
    });
  }
  const rest = examples.train % size;
  if (dropped || rest === 0 || rest >= limits.remainder || examples.train < size) return undefined;
  const text = `a last batch of ${rest}`;
  return fromTheStart({
    ...told,
    message: `Batch normalisation in ${layer.name} takes mean and variance from ${text} at the end of every epoch.`,
    evidence: [figure("lastBatch", rest, limits.remainder, text)],
  });
}

/**
 * Each small batch corrects its own error by more than all of it: the curvature of one example's error is the square of
 * its inputs' norm. Estimated for the first layer under plain gradient descent; momentum m makes the rate 1 / (1 − m)
 * times as large, and a convolution sees its window of an example at a time.
 */
function overshooting(
  run: RunEvent,
  data: DataEvent | undefined,
  limits: Limits,
): Observation | undefined {
  const { batchSize: size, examples, optimizer, layers, anchors } = run;
  const { momentum = 0 } = optimizer.settings;
  const whole = examples.train > 0 && size >= examples.train;
  if (!data || whole || size >= limits.noisy || !/^(sgd|momentum)$/i.test(optimizer.name))
    return undefined;
  const seen = Math.min(data.features, weightedLayers(layers)[0]?.layer.fanIn ?? data.features);
  const square = seen * (data.inputs.mean ** 2 + data.inputs.std ** 2);
  const rate = optimizer.learningRate / (1 - Number(momentum));
  const overshoot = (rate * square) / size;
  if (!(overshoot > limits.overshoot)) return undefined;
  const text = `batches of ${size} at the learning rate ${short(rate)}${momentum === 0 ? "" : " with momentum"}, and inputs with a norm of ${short(Math.sqrt(square))}`;
  return fromTheStart({
    severity: "warning",
    message: `Each batch overshoots its own error by far: ${text}; stable steps would be ${short(overshoot / limits.overshoot)} times smaller.`,
    evidence: [figure("batchSize", overshoot, limits.overshoot, text)],
    anchor: anchors.fit,
  });
}

function small(run: RunEvent, limits: Limits): Observation | undefined {
  const { batchSize: size, examples } = run;
  // All examples at once have no noise, however few they are.
  const whole = examples.train > 0 && size >= examples.train;
  if (whole || size >= limits.least) return undefined;
  const times = short(Math.sqrt(limits.least / size));
  return fromTheStart({
    message: `Batches of ${size} give gradients with ${times} times the noise of ${limits.least}, the usual least.`,
    anchor: run.anchors.fit,
  });
}

/** @param failed whether the training is over, and most is left to learn */
function large(run: RunEvent, failed: boolean, limits: Limits): Observation | undefined {
  const { batchSize: size, epochs, stepsPerEpoch, examples, optimizer } = run;
  const usual = usualRate(optimizer.name)?.start ?? Number.NaN;
  const scaled = size <= LARGEST_SCALED && optimizer.learningRate >= SCALED_RATE * usual;
  if (size <= limits.most || scaled) return undefined;
  const each = stepsPerEpoch ?? Math.ceil(examples.train / size);
  const updates = each * epochs;
  const whole = examples.train > 0 && each <= 1;
  const what = whole
    ? `All ${size} examples in one batch make one update an epoch`
    : `Batches of ${size} make ${each} updates an epoch`;
  const text = `${updates} updates in ${epochs} epochs`;
  const few = updates > 0 && updates < limits.updates;
  return fromTheStart({
    severity: few && failed ? "warning" : "info",
    message: `${what}, ${text}; batches of ${limits.least} to ${limits.most} are usual.`,
    evidence: few ? [figure("updates", updates, limits.updates, text)] : [],
    anchor: run.anchors.fit,
  });
}
