import { expect, it } from "vitest";
import { readRecipe } from "../../../../recipe/read.ts";

function mistakes(data: object, loss = "meanSquaredError"): string[] {
  const text = JSON.stringify({
    data,
    layers: [
      { type: "dense", units: 1, activation: loss === "meanSquaredError" ? "linear" : "sigmoid" },
    ],
    loss,
    optimizer: { type: "sgd", learningRate: 0.1 },
    batchSize: 10,
    epochs: 1,
  });
  return readRecipe(text).problems.map(
    ({ message, offset, length }) => `${text.slice(offset, offset + length)}: ${message}`,
  );
}

const csv = { csv: "d.csv", label: "y" };
const idx = { images: "i.gz", labels: "l.gz" };

it.each([
  {
    ...csv,
    shape: [8, 8, 1],
    scaling: "minMax",
    targets: "oneHot",
    augment: { flip: true, rotate: 5 },
  },
  { ...csv, split: { train: 0.8, validation: 0.2 }, augment: { noise: 0.1 } },
  { idx, rows: 100 },
  {
    idx: { ...idx, testImages: "ti.gz", testLabels: "tl.gz" },
    split: { train: 0.9, validation: 0.1, test: 0 },
  },
  { images: "shapes", size: [16, 16], channels: 1, augment: { crop: 0.9 } },
  { generate: { type: "xor", rows: 100, noise: 0 } },
  { generate: { type: "spirals", rows: 100, classes: 3 } },
  { generate: { type: "circles", rows: 100 } },
  { generate: { type: "blobs", rows: 100, classes: 4, features: 5 } },
  { generate: { type: "moons", rows: 100 }, targets: "plusMinusOne" },
  { generate: { type: "ravine", rows: 100 }, scaling: "none" },
  { generate: { type: "sine", rows: 100 } },
])("takes %j", (data) => {
  expect(mistakes(data)).toEqual([]);
});

const cases: [name: string, data: object, mistake: RegExp, loss?: string][] = [
  ["no source", { rows: 3 }, /"data" names no source: add "csv", "idx", "images" or "generate"\.$/],
  ["two sources", { ...csv, idx }, /has two sources, "csv" and "idx": keep one\.$/],
  [
    "a source that does not exist",
    { cvs: "d.csv" },
    /Unknown setting "cvs" in "data": did you mean "csv"\?$/,
  ],
  [
    "a key of another source",
    { idx, label: "y" },
    /^"y": "label" goes with "csv": leave it out with "idx"\.$/,
  ],
  [
    "a size for a table",
    { ...csv, size: [3, 3] },
    /"size" goes with "images": leave it out with "csv"\.$/,
  ],
  ["no label", { csv: "d.csv" }, /"csv" needs "label"/],
  [
    "half a test pair",
    { idx: { ...idx, testImages: "t" } },
    /"testImages" needs "testLabels": add it, or leave both out\.$/,
  ],
  ["the other half", { idx: { ...idx, testLabels: "t" } }, /"testLabels" needs "testImages"/],
  [
    "a test share beside a test pair",
    {
      idx: { ...idx, testImages: "t", testLabels: "t" },
      split: { train: 0.8, validation: 0.1, test: 0.1 },
    },
    /^0\.1: The test set is "testImages"/,
  ],
  [
    "shares that do not add up",
    { ...csv, split: { train: 0.8, validation: 0.3 } },
    /add up to 1\.1: make them add up to 1\.$/,
  ],
  [
    "no validation rows",
    { ...csv, split: { train: 1, validation: 0 } },
    /^0: The validation split is empty/,
  ],
  ["two channels", { images: "f", channels: 2 }, /^2: "channels" must be 1 \(grey\) or 3/],
  ["a size of three", { images: "f", size: [1, 2, 3] }, /"size" has 3 entries: it needs 2\.$/],
  ["a shape of two", { ...csv, shape: [8, 8] }, /"shape" has 2 entries: it needs 3\.$/],
  [
    "targets that the loss ignores",
    { ...csv, targets: "oneHot" },
    /"targets" does nothing with binaryCrossentropy: leave it out\.$/,
    "binaryCrossentropy",
  ],
  [
    "classes of a regression",
    { generate: { type: "sine", rows: 9 } },
    /^"sine": "sine" gives values and not classes: use the loss meanSquaredError\.$/,
    "binaryCrossentropy",
  ],
  [
    "targets of a regression",
    { generate: { type: "sine", rows: 9 }, targets: "oneHot" },
    /gives values and not classes: leave "targets" out\.$/,
  ],
  [
    "a scaled ravine",
    { generate: { type: "ravine", rows: 9 } },
    /Scaling would make the "ravine" round: set "scaling" to "none"\.$/,
  ],
  [
    "rows beside a generated set",
    { generate: { type: "xor", rows: 9 }, rows: 3 },
    /^3: "rows" stands inside "generate"/,
  ],
  [
    "flipping a table",
    { ...csv, augment: { flip: true } },
    /^true: "flip" is for pictures.*say their "shape", or use only noise\.$/,
  ],
  [
    "turning a generated set",
    { generate: { type: "xor", rows: 9 }, augment: { rotate: 5 } },
    /"rotate" is for pictures.*: use only noise\.$/,
  ],
  [
    "flipping what is whitened",
    { images: "f", scaling: "whiten", augment: { flip: true } },
    /"flip" is for pictures, and whitening leaves none: use only noise, or another scaling\.$/,
  ],
  ["a crop that keeps all", { images: "f", augment: { crop: 1 } }, /"crop" must be below 1\.$/],
  ["the old spelling", { ...csv, standardize: false }, /Unknown setting "standardize" in "data"/],
  [
    "an unknown scaling",
    { ...csv, scaling: "whitening" },
    /Unknown "scaling" "whitening": did you mean "whiten"\?$/,
  ],
  [
    "an unknown set",
    { generate: { type: "spiral", rows: 9 } },
    /Unknown "generate" "spiral": did you mean "spirals"\?$/,
  ],
  [
    "one class",
    { generate: { type: "blobs", rows: 9, classes: 1 } },
    /"classes" must be at least 2\.$/,
  ],
];

it.each(cases)("says what is wrong with %s", (_name, data, mistake, loss) => {
  const found = mistakes(data, loss);
  expect(
    found.some((sentence) => mistake.test(sentence)),
    found.join("\n"),
  ).toBe(true);
});
