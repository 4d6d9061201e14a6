/** A loss, a gradient, a weight, an activation or the data is NaN or infinite: from here on nothing is learned. */
import type {
  Anchor,
  DataEvent,
  EpochEvent,
  InitialEvent,
  LayerColumns,
  StepEvent,
} from "../../telemetry/events.ts";
import { defineDetector, type Observation, type Occasion } from "../detector.ts";
import { list, short } from "../format.ts";
import type { History } from "../history.ts";
import { clipByNorm } from "../remedies/clip-by-norm.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { lowerLearningRate } from "../remedies/lower-learning-rate.ts";

/** The update ratio is left out: it is infinite wherever weights start at zero. */
const COLUMNS = [
  "weightNorm",
  "gradientNorm",
  "activationStd",
] as const satisfies readonly (keyof LayerColumns)[];

const WHAT = {
  loss: "The loss",
  "validation.loss": "The validation loss",
  gradientNorm: "The gradient norm",
  weightNorm: "A weight",
  activationStd: "An activation",
} as const;

interface Lost {
  metric: keyof typeof WHAT;
  value: number;
  step: number;
}

export const nonFinite = defineDetector({
  symptom: "non-finite",
  lesson: "Lesson 001, silent failure and exploding by product: weights to infinity, loss NaN",
  needs: ["data.features | initial.loss | step.loss | epoch.train.loss"],
  wants: ["step.layers.weightNorm", "data.inputs"],
  starts: "before the first update, at the data; then at once",
  thresholds: {},
  remedies: [heInitialization, lowerLearningRate, clipByNorm],
  on: ["data", "initial", "step", "epoch"],
  create() {
    let found = false;
    let last: StepEvent | undefined;
    return (event, history) => {
      if (found) return undefined;
      const data = event.kind === "data" ? invalidData(event, history) : undefined;
      const lost = data ? undefined : lostIn(event, history, last !== undefined);
      if (!data && !lost) {
        if (event.kind === "step" && Number.isFinite(event.gradientNorm)) last = event;
        return undefined;
      }
      found = true;
      const columns = "layers" in event ? (event.layers as LayerColumns | undefined) : undefined;
      return data ?? observe(lost as Lost, history, { columns, before: last });
    };
  },
});

/** @param told whether a finite gradient norm was seen: other tools' runs may not tell any */
function lostIn(event: Occasion, history: History, told: boolean): Lost | undefined {
  switch (event.kind) {
    case "initial":
      return lostInNetwork(event, 0, true);
    case "step":
      // Without a loss scale's care an infinite gradient is the end; with it the step is skipped.
      return lostInNetwork(
        event,
        event.step,
        (told || history.layers.length > 0) && !(event.half && event.half.scale > 1),
      );
    case "epoch":
      return lostInEpoch(event);
    default:
      return undefined;
  }
}

function lostInNetwork(
  event: StepEvent | InitialEvent,
  step: number,
  hasGradient: boolean,
): Lost | undefined {
  const { loss, gradientNorm, layers } = event;
  if (!Number.isFinite(loss)) return { metric: "loss", value: loss, step };
  if (hasGradient && !Number.isFinite(gradientNorm)) {
    return { metric: "gradientNorm", value: gradientNorm, step };
  }
  // A clipped loss stays finite above NaN weights.
  if (layers && isLost(layers.weightNorm)) return { metric: "weightNorm", value: Number.NaN, step };
  // What is lost in one layer is lost in all that follow.
  const last = layers?.activationStd.at(-1) ?? 0;
  return Number.isFinite(last) ? undefined : { metric: "activationStd", value: last, step };
}

/** A sum, because this runs at every step: what is not finite stays so in it. */
function isLost(column: readonly (number | null)[]): boolean {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i] ?? 0;
  return !Number.isFinite(sum);
}

function lostInEpoch({ train, validation, step }: EpochEvent): Lost | undefined {
  const [loss = 0, validationLoss = 0] = [train["loss"], validation?.["loss"]];
  if (!Number.isFinite(loss)) return { metric: "loss", value: loss, step };
  if (Number.isFinite(validationLoss)) return undefined;
  return { metric: "validation.loss", value: validationLoss, step };
}

function invalidData({ invalid }: DataEvent, history: History): Observation | undefined {
  const count = (invalid?.inputs ?? 0) + (invalid?.targets ?? 0);
  if (!invalid || count === 0) return undefined;
  const parts = [
    ...(invalid.inputs > 0 ? [`${invalid.inputs} of the inputs`] : []),
    ...(invalid.targets > 0 ? [`${invalid.targets} of the targets`] : []),
  ];
  const where = invalid.first ? `, the first in ${invalid.first}` : "";
  const text = `${list(parts)} are NaN or infinite${where}`;
  const at = { firstStep: 0, lastStep: 0 };
  return {
    severity: "error",
    ...at,
    layers: [],
    message: `The data is not valid: ${text}. A single one makes all weights NaN.`,
    evidence: [{ metric: "data.invalid", layer: null, ...at, value: count, threshold: 0, text }],
    anchor: history.run?.anchors.data ?? null,
  };
}

function observe(
  { metric, value, step }: Lost,
  history: History,
  { columns, before }: { columns: LayerColumns | undefined; before: StepEvent | undefined },
): Observation {
  const layers = history.layers.filter((_, i) =>
    COLUMNS.some((column) => !Number.isFinite(columns?.[column][i] ?? 0)),
  );
  const names = layers.map((layer) => layer.name);
  const at = { firstStep: step, lastStep: step };
  const what = `${WHAT[metric]} ${step === 0 ? "is" : "became"} ${Number.isNaN(value) ? "NaN" : value}`;
  const when =
    step === 0
      ? "before the first update"
      : before
        ? `at step ${step}, ${step - before.step === 1 ? "one step" : `${step - before.step} steps`} after a loss of ${short(before.loss)} and a gradient norm of ${short(before.gradientNorm)}`
        : `at step ${step}${step === 1 ? ", at the very first step" : ""}`;
  // Before any update the learning rate has done nothing yet: the network itself is to blame.
  const anchor: Anchor | null | undefined =
    step === 0 ? layers[0]?.anchor : history.run?.anchors.optimizer;
  return {
    severity: "error",
    ...at,
    layers: names,
    message: `${what} ${when}.`,
    evidence: [
      {
        metric,
        layer: names[0] ?? null,
        ...at,
        value,
        threshold: Number.MAX_VALUE,
        text: names.length > 0 ? `not finite in ${list(names)}` : `${metric} is ${value}`,
      },
    ],
    anchor: anchor ?? null,
  };
}
