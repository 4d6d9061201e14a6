/** What the schema of `data` cannot say: keys that are each valid but do not fit together. */
import type { LossName } from "../names.ts";
import { type Data, SOURCES, type SourceName, sourceOf, sourcesOf } from "./index.ts";

export interface DataMistake {
  path: (string | number)[];
  message: string;
}

type Rule = (data: Data, loss: LossName) => DataMistake[];

const rules: Rule[] = [
  oneSource,
  keysGoWithTheSource,
  csvNeedsLabel,
  testPairIsComplete,
  splitAddsUp,
  everyPartHasAShare,
  testPairIsTheTestSet,
  channelsAreOneOrThree,
  targetsFitLoss,
  generatedFitsLoss,
  ravineStaysSteep,
  picturesToAugment,
];

/** @returns every mistake with its path from the top of the recipe */
export function checkData(data: Data, loss: LossName): DataMistake[] {
  return rules.flatMap((rule) => rule(data, loss));
}

const mistake = (path: (string | number)[], message: string): DataMistake[] => [
  { path: ["data", ...path], message },
];

function oneSource(data: Data): DataMistake[] {
  const [first, second] = sourcesOf(data);
  if (!first) {
    const known = Object.keys(SOURCES).map((name) => `"${name}"`);
    return mistake(
      [],
      `"data" names no source: add ${known.join(", ").replace(/, ([^,]*)$/, " or $1")}.`,
    );
  }
  if (!second) return [];
  return mistake([second], `"data" has two sources, "${first}" and "${second}": keep one.`);
}

function keysGoWithTheSource(data: Data): DataMistake[] {
  const source = sourceOf(data);
  if (!source) return [];
  const foreign = (Object.keys(SOURCES) as SourceName[])
    .filter((name) => name !== source)
    .flatMap((owner) =>
      Object.keys(SOURCES[owner])
        .filter((key) => key !== owner && key in data)
        .flatMap((key) =>
          mistake([key], `"${key}" goes with "${owner}": leave it out with "${source}".`),
        ),
    );
  if (source !== "generate" || data.rows === undefined) return foreign;
  return [...foreign, ...mistake(["rows"], '"rows" stands inside "generate": leave this one out.')];
}

function csvNeedsLabel({ csv, label }: Data): DataMistake[] {
  if (csv === undefined || label !== undefined) return [];
  return mistake(["csv"], '"csv" needs "label", the header of the column to predict: add it.');
}

function testPairIsComplete({ idx }: Data): DataMistake[] {
  if (!idx || (idx.testImages === undefined) === (idx.testLabels === undefined)) return [];
  const [given, lacks] =
    idx.testLabels === undefined ? ["testImages", "testLabels"] : ["testLabels", "testImages"];
  return mistake(["idx", given], `"${given}" needs "${lacks}": add it, or leave both out.`);
}

function splitAddsUp({ split }: Data): DataMistake[] {
  if (!split) return [];
  const sum = split.train + split.validation + (split.test ?? 0);
  if (Math.abs(sum - 1) < 1e-6) return [];
  const shown = Number(sum.toPrecision(4));
  return mistake(["split"], `The shares of "split" add up to ${shown}: make them add up to 1.`);
}

function everyPartHasAShare({ split }: Data): DataMistake[] {
  return (["train", "validation"] as const).flatMap((part) =>
    split?.[part] === 0
      ? mistake(["split", part], `The ${part} split is empty: give it a share above 0.`)
      : [],
  );
}

function testPairIsTheTestSet({ idx, split }: Data): DataMistake[] {
  if (idx?.testImages === undefined || !split?.test) return [];
  return mistake(
    ["split", "test"],
    'The test set is "testImages", so none is split off: leave "test" out or make it 0.',
  );
}

function channelsAreOneOrThree({ channels }: Data): DataMistake[] {
  if (channels !== 2) return [];
  return mistake(["channels"], '"channels" must be 1 (grey) or 3 (red, green and blue).');
}

function targetsFitLoss({ targets }: Data, loss: LossName): DataMistake[] {
  if (targets === undefined || measuresDistance(loss)) return [];
  return mistake(["targets"], `"targets" does nothing with ${loss}: leave it out.`);
}

function generatedFitsLoss({ generate, targets = "values" }: Data, loss: LossName): DataMistake[] {
  if (generate?.type !== "sine" && generate?.type !== "ravine") return [];
  if (!measuresDistance(loss)) {
    return mistake(
      ["generate", "type"],
      `"${generate.type}" gives values and not classes: use the loss meanSquaredError.`,
    );
  }
  if (targets === "values") return [];
  return mistake(
    ["targets"],
    `"${generate.type}" gives values and not classes: leave "targets" out.`,
  );
}

function ravineStaysSteep({ generate, scaling }: Data): DataMistake[] {
  if (generate?.type !== "ravine" || scaling === "none") return [];
  const path = scaling === undefined ? ["generate"] : ["scaling"];
  return mistake(path, 'Scaling would make the "ravine" round: set "scaling" to "none".');
}

function picturesToAugment(data: Data): DataMistake[] {
  const hint = noPictures(data);
  if (hint === undefined) return [];
  return (["flip", "rotate", "crop"] as const).flatMap((key) =>
    data.augment?.[key] ? mistake(["augment", key], `"${key}" is for pictures, ${hint}.`) : [],
  );
}

/** Why the network will see no pictures, where that is known before the data is read; and what to do. */
function noPictures({ generate, csv, shape, scaling }: Data): string | undefined {
  if (generate) return "and these examples are none: use only noise";
  if (csv !== undefined && !shape) {
    return 'and these examples are none: say their "shape", or use only noise';
  }
  if (scaling === "whiten") return "and whitening leaves none: use only noise, or another scaling";
  return undefined;
}

/** The cross-entropies compare with a class; the other losses with numbers. */
export function measuresDistance(loss: LossName): boolean {
  return !loss.endsWith("Crossentropy");
}
