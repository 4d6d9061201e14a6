/** The checks of the data. */
import type { DataEvent } from "../../telemetry/events.ts";
import { percent, short } from "../format.ts";
import type { Measured, Preflight } from "../preflight.ts";

export function dataChecks({ run, data }: Pick<Preflight, "run" | "data">): Measured[] {
  const { train, validation, test } = run.examples;
  const { neighbours } = data;
  return [
    { name: "labels", text: labels(data), about: ["class-imbalance"] },
    {
      name: "examples",
      text: `${rows(train)} to train with, ${rows(validation)} to validate, ${rows(test)} to test.`,
      about: ["no-validation", "too-little-data"],
    },
    invalid(data),
    {
      name: "input scale",
      text: inputs(data),
      about: ["unnormalized-inputs"],
    },
    leak(data, run.examples),
    repeated(data, train),
    {
      name: "order",
      text: order(data, run.shuffle ?? true),
      about: ["unshuffled-data"],
    },
    ...(neighbours
      ? [
          {
            name: "label quality",
            text: `${percent(neighbours.train)} of ${rows(neighbours.rows)} have the label of their nearest neighbour, by chance ${percent(neighbours.chance)} would.`,
            about: ["bad-labels"],
          } as const,
        ]
      : []),
  ];
}

function labels({ labels, targets }: DataEvent): string {
  if (labels.length === 0) {
    if (!targets) return "Quantities.";
    const { min, max, mean, std } = targets;
    return `Quantities from ${short(min)} to ${short(max)}, mean ${short(mean)}, standard deviation ${short(std)}.`;
  }
  const counts = labels.map(({ count }) => count);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${labels.length} classes of ${least} to ${most} examples: the largest is ${short(most / least)} times the smallest.`;
}

function invalid({ invalid }: DataEvent): Measured {
  const { inputs = 0, targets = 0, first = null } = invalid ?? {};
  const bad = inputs + targets > 0;
  return {
    name: "numbers",
    text: bad
      ? `${inputs} inputs and ${targets} targets are NaN or infinite, the first in ${first ?? "an unknown place"}.`
      : "All inputs and targets are numbers.",
    verdict: bad ? "wrong" : "ok",
    about: ["non-finite"],
  };
}

function inputs({ features, inputs, featureScale }: DataEvent): string {
  const all = `${features} features from ${short(inputs.min)} to ${short(inputs.max)}, mean ${short(inputs.mean)}, standard deviation ${short(inputs.std)}`;
  if (!featureScale) return `${all}.`;
  const { largest, largestRms, medianRms, constant } = featureScale;
  const same = constant > 0 ? `, ${constant} with one value only` : "";
  return `${all}; typical size (root mean square) ${short(medianRms)}, largest ${short(largestRms)} in ${largest.feature}${same}.`;
}

function leak(
  { repeated }: DataEvent,
  { validation, test }: Preflight["run"]["examples"],
): Measured {
  const about = ["data-leak", "test-reuse"] as const;
  if (!repeated) return { name: "leak between splits", text: "Not measured.", about };
  const share = (count: number, of: number) => (of > 0 ? percent(count / of) : "none");
  return {
    name: "leak between splits",
    text: `${repeated.validation} validation rows (${share(repeated.validation, validation)}) and ${repeated.test} test rows (${share(repeated.test, test)}) are training rows too.`,
    about,
  };
}

/** No symptom of its own: rows may repeat for good reasons. */
function repeated({ repeated }: DataEvent, train: number): Measured {
  const count = repeated?.train ?? Number.NaN;
  return {
    name: "repeated rows",
    text: repeated
      ? `${count} of ${rows(train)} to train with occurred before (${percent(count / train)}).`
      : "Not measured.",
    about: [],
  };
}

function order({ order }: DataEvent, shuffle: boolean): string {
  const how = shuffle ? "A new random order every epoch" : "The same order every epoch";
  if (!order) return `${how}.`;
  return `${how}; the longest sequence of one class is ${order.longestRun}, by chance it would be ${short(order.expectedRun)}.`;
}

function rows(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
}
