/** The checks of the network before its first update, on its first batch. */
import type { InitialEvent, LayerColumns, RunEvent } from "../../telemetry/events.ts";
import { list, percent, short } from "../format.ts";
import { chanceOf } from "../history/chance.ts";
import type { Measured, Preflight } from "../preflight.ts";

/** "Make sure you're getting the loss you expect at chance" (CS231n); TheDeepChecker lets it be off by 100 %. */
const OFF_CHANCE = 2;

type Start = Pick<Preflight, "run" | "data" | "initial">;

export function networkChecks(start: Start): Measured[] {
  const { run, initial } = start;
  return [
    initialLoss(start),
    { name: "output and loss", text: output(run, initial), about: ["output-loss-mismatch"] },
    {
      name: "weights",
      text: weights(run, initial),
      about: ["init-mismatch", "frozen-layer"],
    },
    {
      name: "activations",
      text: activations(run, initial.layers),
      about: ["signal-collapse", "signal-explosion", "dead-relu", "saturated-activations"],
    },
    {
      name: "gradients",
      text: gradients(run, initial),
      about: ["vanishing-gradients", "exploding-gradients", "detached-loss"],
    },
    { name: "symmetric units", text: symmetric(run, initial), about: ["symmetric-weights"] },
    {
      name: "set-up",
      text: setUp(run),
      about: [
        "optimizer-settings",
        "schedule-shape",
        "batch-size",
        "no-early-stopping",
        "depth-without-skip",
        "depth-without-normalization",
        "dropout-misplaced",
        "normalization-misplaced",
        "clipping-misused",
        "rbf-misused",
        "accelerator-idle",
      ],
    },
  ];
}

/** Cross-entropies only: how far a squared error is from that of the mean depends on the quantities. */
function initialLoss({ run, data, initial }: Start): Measured {
  const name = "initial loss";
  const chance = chanceOf(run, data).loss;
  if (Number.isNaN(chance)) {
    return {
      name,
      text: `${short(initial.loss)}; what chance gives is not known for ${run.loss}.`,
      about: [],
    };
  }
  const ratio = initial.loss / chance;
  const off = run.loss.endsWith("Crossentropy") && !(ratio < OFF_CHANCE);
  const classes = data.labels.length;
  const why =
    run.loss.endsWith("Crossentropy") && classes > 1 ? ` for these ${classes} classes` : "";
  return {
    name,
    text: `${short(initial.loss)}, ${short(ratio)} times the ${short(chance)} of a constant prediction${why}.`,
    verdict: off ? "look" : "ok",
    about: [],
  };
}

function output({ layers, loss, classes }: RunEvent, { outputs }: InitialEvent): string {
  const last = layers.findLast(({ parameters }) => parameters > 0);
  const activation = layers.findLast(({ activation }) => activation !== null)?.activation;
  const what = `${last?.units ?? "?"} ${activation ?? "linear"} ${last?.units === 1 ? "output" : "outputs"}`;
  const on = classes === null ? "" : `, ${classes} classes`;
  return `${what} into ${loss}${on}; the outputs lie between ${short(outputs.min)} and ${short(outputs.max)}.`;
}

function weights({ layers }: RunEvent, { layers: { weightNorm } }: InitialEvent): string {
  const drawn = layers.flatMap(({ name, initializer, fanIn, units }, i) => {
    const norm = weightNorm[i];
    if (initializer === null || !fanIn || !units || typeof norm !== "number") return [];
    return [`${name} ${initializer} ${short(norm / Math.sqrt(fanIn * units))}`];
  });
  return drawn.length > 0 ? `Standard deviation: ${list(drawn)}.` : "No layer draws its weights.";
}

function activations({ layers }: RunEvent, columns: LayerColumns): string {
  const seen = layers.flatMap(({ name }, i) => {
    const std = columns.activationStd[i];
    if (typeof std !== "number") return [];
    const parts = [
      `${name} ${short(std)}`,
      ...share(columns.silent[i], "silent"),
      ...share(columns.saturated[i], "saturated"),
    ];
    return [parts.join(", ")];
  });
  return seen.length > 0 ? `Standard deviation: ${seen.join("; ")}.` : "Not measured.";
}

function share(value: number | null | undefined, what: string): string[] {
  return typeof value === "number" && value > 0 ? [`${percent(value)} ${what}`] : [];
}

function gradients({ layers }: RunEvent, { gradientNorm, layers: columns }: InitialEvent): string {
  const norms = layers.flatMap(({ name }, i) => {
    const norm = columns.gradientNorm[i];
    return typeof norm === "number" ? [{ name, norm }] : [];
  });
  const [first, last] = [norms[0], norms.at(-1)];
  if (!first || !last || first === last) return `Norm ${short(gradientNorm)}.`;
  return `Norm ${short(gradientNorm)}; ${short(first.norm)} in ${first.name}, ${short(last.norm)} in ${last.name}.`;
}

function symmetric({ layers }: RunEvent, { identicalUnits }: InitialEvent): string {
  const alike = layers.flatMap(({ name }, i) => share(identicalUnits[i], `of ${name}`));
  return alike.length > 0
    ? `Units with the same weights as another: ${list(alike)}.`
    : "No two units of a layer have the same weights.";
}

function setUp({ optimizer, batchSize, epochs, stepsPerEpoch, schedule }: RunEvent): string {
  const steps = stepsPerEpoch === undefined ? "" : ` of ${stepsPerEpoch} updates`;
  return `${optimizer.name} at ${short(optimizer.learningRate)}, ${schedule?.type ?? "constant"}; batches of ${batchSize}, ${epochs} epochs${steps}.`;
}
