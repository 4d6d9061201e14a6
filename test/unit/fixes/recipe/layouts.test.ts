import { describe, expect, it } from "vitest";
import type { RemedyOffer } from "../../../../diagnosis/finding.ts";
import { REMEDIES } from "../../../../diagnosis/remedies/index.ts";
import { recipeEdits, WRITTEN } from "../../../../fixes/recipe/index.ts";
import { readRecipe } from "../../../../recipe/read.ts";
import { applyEdits } from "../../../helpers/applyEdits.ts";

/** `¦` is where a trailing comma may stand. */
const CLASSES = `{
  // what it learns from
  "data": {
    "csv": "digits.csv", // 8 by 8
    "label": "digit",
    "shape": [8, 8, 1],
    "scaling": "none"¦ // raw
  },
  "layers": [
    { "type": "flatten" }, // a row
    { "type": "dense", "units": 32, "activation": "sigmoid", "useBias": true }, // first
    {
      "type": "dense",
      "units": 32, // as wide
      "activation": "relu", /* bent */
      "kernelRegularizer": { "l1": 0.00001, "l2": 0.1 }¦
    },
    { "type": "dropout", "rate": 0.7 }, // a lot
    { "type": "dense", "units": 32, "activation": "relu" },
    { "type": "batchNormalization", "momentum": 0.5 }, // behind
    { "type": "rbf", "units": 8, "width": 2, "centers": "random" }, // bumps
    { "type": "dense", "units": 10, "activation": "softmax" }¦ // out
  ],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": {
    "type": "sgd",
    "learningRate": 0.1, // high
    "schedule": { "type": "step", "factor": 0.5, "every": 1 },
    "momentum": 0.99, // heavy
    "momentumForm": "torch",
    "clipValue": 5¦ // each
  },
  "shuffle": false, // in order
  "batchSize": 4,
  "earlyStopping": { "patience": 100, "restoreBestWeights": false },
  "epochs": 20¦ // long
}
`;

const NUMBERS = `{
  "data": { "csv": "a.csv", "label": "b", "targets": "zeroOne" }, // two classes
  "layers": [
    { "type": "dense", "units": 4, "activation": "tanh" }, // hidden
    { "type": "dense", "units": 1 },
    { "type": "activation", "activation": "tanh" }¦ // end
  ],
  "loss": "meanSquaredError",
  "optimizer": {
    "type": "adamw", // decays
    "beta1": 0.1,
    "epsilon": 0.1, // coarse
    "weightDecay": 0.5¦
  },
  "emphasis": { "power": 2, "cap": 100 }, // hard ones
  "batchSize": 32,
  "epochs": 5¦
}
`;

type Json = ReturnType<typeof JSON.parse>;
const BN = { type: "batchNormalization", momentum: 0.9 };
const LN = { type: "layerNormalization" };
const activation = (name: string) => ({ type: "activation", activation: name });

/** Text, remedy, what of the offer the writer reads, and the same change made by hand on the values. */
const CASES: [string, string, Partial<RemedyOffer>, (recipe: Json) => void][] = [
  [CLASSES, "augment", {}, (r) => (r.data.augment = { rotate: 5, crop: 0.9, noise: 0.05 })],
  [
    CLASSES,
    "batch-normalization",
    { layers: ["dense_1", "dense_2"] },
    (r) => {
      Object.assign(r.layers[1], { activation: "linear", useBias: false });
      r.layers[2].activation = "linear";
      r.layers.splice(3, 0, BN, activation("relu"));
      r.layers.splice(2, 0, BN, activation("sigmoid"));
    },
  ],
  [CLASSES, "batch-size", { value: 32 }, (r) => (r.batchSize = 32)],
  [NUMBERS, "cap-emphasis", { value: 10 }, (r) => (r.emphasis = { power: 1, cap: 10 })],
  [
    CLASSES,
    "clip-by-norm",
    { value: 1 },
    (r) => {
      delete r.optimizer.clipValue;
      r.optimizer.clipNorm = 1;
    },
  ],
  [NUMBERS, "clip-by-norm", { value: 1 }, (r) => (r.optimizer.clipNorm = 1)],
  [
    CLASSES,
    "clip-norm-instead-of-value",
    { value: 1 },
    (r) => {
      delete r.optimizer.clipValue;
      r.optimizer.clipNorm = 1;
    },
  ],
  [CLASSES, "correct-schedule", { value: 7 }, (r) => (r.optimizer.schedule.every = 7)],
  [
    NUMBERS,
    "default-optimizer-settings",
    {},
    (r) => Object.assign(r.optimizer, { beta1: 0.9, epsilon: 1e-8 }),
  ],
  [CLASSES, "drop-remainder", {}, (r) => (r.dropRemainder = true)],
  [
    CLASSES,
    "dropout",
    { layers: ["dense_1", "rbf_1"], value: 0.3 },
    (r) => {
      r.layers.splice(7, 0, { type: "dropout", rate: 0.3 });
      r.layers.splice(2, 0, { type: "dropout", rate: 0.3 });
    },
  ],
  [CLASSES, "dropout-rate", { layers: ["dropout_1"], value: 0.3 }, (r) => (r.layers[3].rate = 0.3)],
  [CLASSES, "early-stopping", { value: 10 }, (r) => (r.earlyStopping.patience = 10)],
  [
    NUMBERS,
    "early-stopping",
    { value: 10 },
    (r) => (r.earlyStopping = { patience: 10, restoreBestWeights: true }),
  ],
  [
    CLASSES,
    "he-initialization",
    { layers: ["dense_2", "dense_3"] },
    (r) => {
      r.layers[2].kernelInitializer = "heNormal";
      r.layers[4].kernelInitializer = "heNormal";
    },
  ],
  [CLASSES, "layer-normalization", { layers: ["batchNormalization_1"] }, (r) => (r.layers[5] = LN)],
  [
    CLASSES,
    "layer-normalization",
    { layers: ["dense_2"] },
    (r) => {
      r.layers[2].activation = "linear";
      r.layers.splice(3, 0, LN, activation("relu"));
    },
  ],
  [CLASSES, "leaky-relu", { layers: ["dense_2"] }, (r) => (r.layers[2].activation = "leakyRelu")],
  [
    CLASSES,
    "less-weight-decay",
    { layers: ["dense_2"], value: 0.0001 },
    (r) => (r.layers[2].kernelRegularizer.l2 = 0.0001),
  ],
  [NUMBERS, "less-weight-decay", { value: 0.01 }, (r) => (r.optimizer.weightDecay = 0.01)],
  [CLASSES, "lower-learning-rate", { value: 0.01 }, (r) => (r.optimizer.learningRate = 0.01)],
  [
    NUMBERS,
    "matching-loss",
    { layers: ["dense_2"] },
    (r) => {
      delete r.data.targets;
      r.layers[2].activation = "sigmoid";
      r.loss = "binaryCrossentropy";
    },
  ],
  [
    NUMBERS.replace("zeroOne", "oneHot").replace('"units": 1 ', '"units": 3 '),
    "matching-loss",
    { layers: ["dense_2"], value: 5 },
    (r) => {
      delete r.data.targets;
      r.layers[1].units = 5;
      r.layers[2].activation = "softmax";
      r.loss = "sparseCategoricalCrossentropy";
    },
  ],
  [NUMBERS, "matching-output", { layers: ["dense_2"] }, (r) => (r.data.targets = "plusMinusOne")],
  [
    NUMBERS.replace(', "targets": "zeroOne"', ""),
    "matching-output",
    { layers: ["dense_2"] },
    (r) => (r.layers[2].activation = "linear"),
  ],
  [CLASSES, "momentum", { value: 0.9 }, (r) => (r.optimizer.momentum = 0.9)],
  [
    CLASSES,
    "momentum",
    { value: null },
    (r) => Object.assign(r.optimizer, { nesterov: true, momentumForm: "classic" }),
  ],
  [CLASSES, "more-epochs", { value: 50 }, (r) => (r.epochs = 50)],
  [
    CLASSES,
    "move-normalization",
    { layers: ["batchNormalization_1"] },
    (r) => {
      r.layers[4].activation = "linear";
      r.layers.splice(6, 0, activation("relu"));
    },
  ],
  [CLASSES, "omit-bias", { layers: ["dense_1"] }, (r) => (r.layers[1].useBias = false)],
  [NUMBERS, "raise-clip-norm", { value: 0.05 }, (r) => (r.optimizer.clipNorm = 0.05)],
  [NUMBERS, "raise-learning-rate", { value: 0.01 }, (r) => (r.optimizer.learningRate = 0.01)],
  [
    CLASSES,
    "reduce-on-plateau",
    { value: 10 },
    (r) => (r.optimizer.schedule = { type: "reduceOnPlateau", factor: 0.1, patience: 10 }),
  ],
  [CLASSES, "remove-dropout", { layers: ["dropout_1"] }, (r) => r.layers.splice(3, 1)],
  [
    CLASSES,
    "residual-blocks",
    { layers: ["dense_2", "dense_3"] },
    (r) => {
      const [second, dropout, third, norm] = r.layers.splice(2, 4);
      third.activation = "linear";
      r.layers.splice(2, 0, {
        type: "residual",
        layers: [second, dropout, third, norm],
        activation: "relu",
      });
    },
  ],
  [
    CLASSES,
    "residual-blocks",
    { layers: ["dense_2"] },
    (r) => {
      const [second, dropout] = r.layers.splice(2, 2);
      second.activation = "linear";
      // Batches of 4 are too small for batch normalisation.
      r.layers.splice(2, 0, {
        type: "residual",
        layers: [second, LN, dropout],
        activation: "relu",
      });
    },
  ],
  [
    CLASSES,
    "residual-blocks",
    { layers: ["dense_1"] },
    (r) => {
      Object.assign(r.layers[1], { activation: "linear", useBias: false });
      // The sigmoid stays inside: around the sum it would bar the way again.
      r.layers[1] = { type: "residual", layers: [r.layers[1], LN, activation("sigmoid")] };
    },
  ],
  [CLASSES, "restore-best-weights", {}, (r) => (r.earlyStopping.restoreBestWeights = true)],
  [CLASSES, "shuffle", {}, (r) => (r.shuffle = true)],
  [CLASSES, "standardize-inputs", {}, (r) => (r.data.scaling = "standardize")],
  [
    CLASSES,
    "use-adam",
    { value: 0.001 },
    (r) => {
      r.optimizer.type = "adam";
      r.optimizer.learningRate = 0.001;
      delete r.optimizer.momentum;
      delete r.optimizer.momentumForm;
    },
  ],
  [
    NUMBERS,
    "use-adam",
    { value: 0.001 },
    (r) => {
      r.optimizer.type = "adam";
      delete r.optimizer.weightDecay;
    },
  ],
  [
    CLASSES,
    "use-relu",
    { layers: ["dense_1", "rbf_1"] },
    (r) => {
      Object.assign(r.layers[1], { activation: "relu", kernelInitializer: "heNormal" });
      r.layers[6] = {
        type: "dense",
        units: 8,
        activation: "relu",
        kernelInitializer: "heNormal",
      };
    },
  ],
  [
    NUMBERS,
    "use-relu",
    { layers: ["dense_2"] },
    (r) => {
      r.layers[1].kernelInitializer = "heNormal";
      r.layers[2].activation = "relu";
    },
  ],
  [
    CLASSES,
    "validation-split",
    { value: 0.15 },
    (r) => (r.data.split = { train: 0.7, validation: 0.15, test: 0.15 }),
  ],
  [
    CLASSES,
    "warmup-cosine",
    { value: 2 },
    (r) => (r.optimizer.schedule = { type: "warmupCosine", warmupEpochs: 2 }),
  ],
  [
    CLASSES,
    "weight-decay",
    { layers: ["dense_1", "dense_2"], value: 0.001 },
    (r) => {
      r.layers[1].kernelRegularizer = { l2: 0.001 };
      r.layers[2].kernelRegularizer.l2 = 0.001;
    },
  ],
  [
    CLASSES.replace('    "shape": [8, 8, 1],\n', "").replace(
      '    { "type": "flatten" }, // a row\n',
      "",
    ),
    "whiten-inputs",
    {},
    (r) => (r.data.scaling = "whiten"),
  ],
  [
    CLASSES,
    "xavier-initialization",
    { layers: ["dense_1", "dense_4"] },
    (r) => {
      r.layers[1].kernelInitializer = "glorotUniform";
      r.layers[7].kernelInitializer = "glorotUniform";
    },
  ],
  [
    CLASSES.replace('"sigmoid"', '"selu"'),
    "xavier-initialization",
    { layers: ["dense_1"] },
    (r) => (r.layers[1].kernelInitializer = "leCunNormal"),
  ],
];

const LAYOUTS: [string, (text: string) => string][] = [
  ["as people write it", (text) => text.replaceAll("¦", "")],
  ["with trailing commas", (text) => text.replaceAll("¦", ",")],
  ["with Windows line ends", (text) => text.replaceAll("¦", "").replaceAll("\n", "\r\n")],
  ["with tabs", (text) => text.replaceAll("¦", "").replaceAll("  ", "\t")],
  ["on one line", (text) => JSON.stringify(valid(text.replaceAll("¦", "")))],
  [
    "in a block",
    (text) =>
      text
        .replaceAll("¦", "")
        .replace('"layers": [\n', '"layers": [{ "type": "residual", "layers": [\n')
        .replace(/\n( *\{ "type": "dense", "units": 10)/, "\n    ]},\n$1"),
  ],
];

function valid(text: string): Json {
  const { recipe, problems } = readRecipe(text);
  expect(problems).toEqual([]);
  return recipe;
}

function written(text: string, id: string, offer: Partial<RemedyOffer>): string {
  const remedy = { id, title: "", preferred: true, value: null, layers: [], ...offer };
  const { edits, disabled } = recipeEdits(text, remedy);
  expect(disabled).toBeUndefined();
  const places = edits.toSorted((a, b) => a.offset - b.offset);
  places.slice(1).forEach(({ offset }, i) => {
    const before = places[i] ?? { offset: 0, length: 0 };
    expect(offset).toBeGreaterThan(before.offset);
    expect(offset).toBeGreaterThanOrEqual(before.offset + before.length);
  });
  return applyEdits(text, edits);
}

const comments = (text: string) => text.match(/\/\/[^\r\n]*|\/\*.*?\*\//g) ?? [];

describe.each(LAYOUTS)("a recipe %s", (layout, lay) => {
  it.each(CASES)("%#: %s%s", (source, id, offer, byHand) => {
    if (layout === "in a block" && !source.includes('"units": 10')) return;
    const text = lay(source);
    const before = valid(text);
    const after = written(text, id, offer);
    const wanted = structuredClone(before);
    const [block] = wanted.layers;
    // By hand it is done on the list that holds the layers; the last is outside of the block.
    if (layout === "in a block") wanted.layers = [...block.layers, wanted.layers[1]];
    byHand(wanted);
    if (layout === "in a block") {
      wanted.layers = [{ ...block, layers: wanted.layers.slice(0, -1) }, wanted.layers.at(-1)];
    }
    expect(valid(after)).toEqual(wanted);
    expect(comments(after)).toEqual(comments(text));
    if (text.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });
});

describe("every remedy", () => {
  it("is written in at least one case here, and known", () => {
    const ids = REMEDIES.map(({ id }) => id).sort();
    expect([...WRITTEN].sort()).toEqual(ids);
    expect([...new Set(CASES.map(([, id]) => id))].sort()).toEqual(ids);
  });
});

describe("what does not fit", () => {
  const disabled = (text: string, id: string, offer: Partial<RemedyOffer> = {}) =>
    recipeEdits(text.replaceAll("¦", ""), {
      id,
      title: "",
      preferred: true,
      value: null,
      layers: [],
      ...offer,
    });

  it("is not written where the recipe would not be valid any more", () => {
    // Whitening leaves no picture to crop.
    const augmented = CLASSES.replace('"scaling"', '"augment": { "crop": 0.9 }, "scaling"');
    const { edits, disabled: reason } = disabled(augmented, "whiten-inputs");
    expect(edits).toEqual([]);
    expect(reason).toMatch(/^It does not fit here: "crop" is for pictures/);
  });

  it.each([
    ["momentum", NUMBERS, { value: 0.9 }, "adamw has no momentum that could be set."],
    [
      "restore-best-weights",
      NUMBERS,
      {},
      'The recipe has no "earlyStopping" that could be changed.',
    ],
    [
      "correct-schedule",
      NUMBERS,
      { value: 3 },
      'The optimizer has no "schedule" that could be changed.',
    ],
    [
      "correct-schedule",
      CLASSES.replace('"step", "factor": 0.5, "every": 1', '"cosine"'),
      { value: 3 },
      "The schedule cosine takes its length from the run.",
    ],
    ["standardize-inputs", NUMBERS, {}, "The recipe already says so."],
    ["shuffle", NUMBERS, {}, "The recipe already says so."],
    [
      "move-normalization",
      CLASSES.replace(
        '{ "type": "dense", "units": 32, "activation": "relu" }',
        '{ "type": "dense", "units": 32 }',
      ),
      { layers: ["batchNormalization_1"] },
      "There is no activation in front of batchNormalization_1 any more.",
    ],
  ])("%s says why (%#)", (id, text, offer, reason) => {
    expect(disabled(text, id, offer)).toEqual({ edits: [], disabled: reason });
  });
});

describe("layout", () => {
  it("puts a block's brackets on lines of their own, and its layers deeper", () => {
    const after = written(CLASSES.replaceAll("¦", ""), "residual-blocks", {
      layers: ["dense_2", "dense_3"],
    });
    expect(after).toContain(`
    {
      "type": "residual",
      "layers": [
        {
          "type": "dense",
          "units": 32, // as wide
          "activation": "relu", /* bent */
          "kernelRegularizer": { "l1": 0.00001, "l2": 0.1 }
        },
        { "type": "dropout", "rate": 0.7 }, // a lot
        { "type": "dense", "units": 32, "activation": "linear" },
        { "type": "batchNormalization", "momentum": 0.5 }
      ],
      "activation": "relu"
    }, // behind
    { "type": "rbf"`);
  });

  it("takes lines away that it empties, and no more", () => {
    const after = written(CLASSES.replaceAll("¦", ""), "use-adam", { value: 0.001 });
    expect(after).toContain(
      `
    "schedule": { "type": "step", "factor": 0.5, "every": 1 }, // heavy
    "clipValue": 5 // each
  },`.replace(", // heavy", ",\n    // heavy"),
    );
  });

  it("swaps an activation layer and the normalisation behind it", () => {
    const text = `{
  "data": { "csv": "a.csv", "label": "b" },
  "layers": [
    { "type": "dense", "units": 8 },
    { "type": "activation", "activation": "relu" }, // bends
    { "type": "batchNormalization" }, // scales
    { "type": "dense", "units": 3, "activation": "softmax" }
  ],
  "loss": "categoricalCrossentropy", "optimizer": { "type": "adam" }, "batchSize": 8, "epochs": 2
}`;
    const after = written(text, "move-normalization", { layers: ["batchNormalization_1"] });
    expect(valid(after).layers.map(({ type }: { type: string }) => type)).toEqual([
      "dense",
      "batchNormalization",
      "activation",
      "dense",
    ]);
  });
});
