import { describe, expect, it } from "vitest";
import type { Finding, RemedyOffer } from "../../../diagnosis/finding.ts";
import { fixesFor, locateFinding } from "../../../fixes/fix.ts";
import { readRecipe } from "../../../recipe/read.ts";
import { applyEdits } from "../../helpers/applyEdits.ts";
import { layerInfo, runEvent } from "../../helpers/events.ts";

const SPREAD = `{
  "data": { "csv": "digits.csv", "label": "digit" },
  "layers": [
    // the first hidden layer
    {
      "type": "dense",
      "units": 64, // wide enough
      "activation": "relu"   // why not
    },
    { "type": "dense", "units": 32, "activation": "relu" }, // the second
    { "type": "dense", "units": 10, "activation": "softmax" }
  ],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": {
    "type": "adam",
    "learningRate": 0.1 /* too much? */
  },
  "batchSize": 32,
  "epochs": 20 // long
}
`;
const TIGHT = JSON.stringify(readRecipe(SPREAD).recipe);
const TRAILING = SPREAD.replace("0.1 /*", "0.1, /*")
  .replace("20 //", "20, //")
  .replace('"softmax" }', '"softmax" },');
const WINDOWS = SPREAD.replaceAll("\n", "\r\n");

function finding(remedy: Partial<RemedyOffer> & { id: string }): Finding {
  return {
    kind: "finding",
    symptom: "dead-relu",
    severity: "error",
    state: "open",
    layers: [],
    firstStep: 1,
    lastStep: 2,
    detectedStep: 1,
    message: "",
    evidence: [],
    anchor: null,
    remedies: [{ title: "", preferred: true, value: null, layers: [], ...remedy }],
    cause: null,
    consequences: [],
    notChecked: [],
    lesson: "",
  };
}

const fix = (text: string, remedy: Partial<RemedyOffer> & { id: string }) => {
  const [first] = fixesFor(text, finding(remedy));
  return { ...first, after: applyEdits(text, first?.edits ?? []) };
};

const layers = ["dense_1", "dense_2"];
const REMEDIES: [
  RemedyOffer["id"],
  Partial<RemedyOffer>,
  (recipe: ReturnType<typeof parsed>) => void,
][] = [
  ["lower-learning-rate", { value: 0.001 }, (r) => expect(r.optimizer.learningRate).toBe(0.001)],
  ["clip-by-norm", { value: 1 }, (r) => expect(r.optimizer.clipNorm).toBe(1)],
  [
    "he-initialization",
    { layers },
    (r) =>
      expect(r.layers.slice(0, 2)).toMatchObject([
        { kernelInitializer: "heNormal" },
        { kernelInitializer: "heNormal" },
      ]),
  ],
  [
    "leaky-relu",
    { layers },
    (r) =>
      expect(r.layers.slice(0, 2)).toMatchObject([
        { activation: "leakyRelu" },
        { activation: "leakyRelu" },
      ]),
  ],
  [
    "dropout",
    { layers, value: 0.3 },
    (r) =>
      expect(r.layers.map(({ type }) => type)).toEqual([
        "dense",
        "dropout",
        "dense",
        "dropout",
        "dense",
      ]),
  ],
  [
    "weight-decay",
    { layers, value: 0.001 },
    (r) => expect(r.layers[1]).toMatchObject({ kernelRegularizer: { l2: 0.001 } }),
  ],
  [
    "reduce-on-plateau",
    { value: 10 },
    (r) =>
      expect(r.optimizer.schedule).toEqual({ type: "reduceOnPlateau", factor: 0.1, patience: 10 }),
  ],
  [
    "early-stopping",
    { value: 10 },
    (r) => expect(r.earlyStopping).toEqual({ patience: 10, restoreBestWeights: true }),
  ],
];

function parsed(text: string) {
  const { recipe, problems } = readRecipe(text);
  expect(problems).toEqual([]);
  if (!recipe) throw new Error("no recipe");
  return recipe;
}

describe.each([
  ["spread over lines", SPREAD],
  ["on one line", TIGHT],
  ["with trailing commas", TRAILING],
  ["with Windows line ends", WINDOWS],
])("remedies in a recipe %s", (_layout, text) => {
  it.each(REMEDIES)("%s", (id, offer, expectation) => {
    const { after, disabled } = fix(text, { id, ...offer });
    expect(disabled).toBeUndefined();
    expectation(parsed(after));
    // Every comment is kept, every line that was not meant stays.
    for (const comment of text.match(/\/\/.*|\/\*.*?\*\//g) ?? [])
      expect(after).toContain(comment.trimEnd());
    if (text === WINDOWS) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });
});

describe("layout", () => {
  it("puts a new key on a line of its own, behind the comment of the line before", () => {
    const { after } = fix(SPREAD, { id: "clip-by-norm", value: 1 });
    expect(after).toContain('    "learningRate": 0.1, /* too much? */\n    "clipNorm": 1.0\n  },');
  });

  it("stays on the line where the object is on one line", () => {
    const { after } = fix(SPREAD, { id: "he-initialization", layers: ["dense_2"] });
    expect(after).toContain(
      '"activation": "relu", "kernelInitializer": "heNormal" }, // the second',
    );
  });

  it("changes nothing but the number where there is one", () => {
    const { after } = fix(SPREAD, { id: "lower-learning-rate", value: 0.001 });
    expect(after).toBe(SPREAD.replace("0.1 /*", "0.001 /*"));
  });
});

describe("where a fix cannot be written", () => {
  it("says which layer is gone", () => {
    const { disabled } = fix(SPREAD, { id: "leaky-relu", layers: ["dense_7"] });
    expect(disabled).toBe("The recipe changed since this run: it has no layer dense_7 any more.");
  });

  it("says which mistake to correct first", () => {
    const { disabled, edits } = fix(SPREAD.replace("32,", "32 32,"), {
      id: "clip-by-norm",
      value: 1,
    });
    expect(disabled).toMatch(/^Correct line \d+ of the recipe first: /);
    expect(edits).toEqual([]);
  });

  it("does not offer what the recipe already says", () => {
    expect(fix(SPREAD, { id: "lower-learning-rate", value: 0.1 }).disabled).toBe(
      "The recipe already says so.",
    );
  });
});

describe("where a finding belongs", () => {
  const at = (line: number) => ({ file: "f", line, column: 5 });
  const run = runEvent({
    layers: [
      layerInfo("dense_1", { anchor: at(5) }),
      layerInfo("dense_2", { anchor: at(10) }),
      layerInfo("dense_3", { anchor: at(11) }),
    ],
    anchors: { optimizer: at(15), loss: at(13), fit: at(18), data: at(2) },
  });

  it("follows its layer when lines are inserted above", () => {
    const moved = `// a new first line\n${SPREAD}`;
    const place = locateFinding(moved, { ...finding({ id: "x" }), anchor: at(10) }, run);
    expect(moved.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toBe(
      '{ "type": "dense", "units": 32, "activation": "relu" }',
    );
  });

  it("finds the learning rate and the epochs", () => {
    const textAt = (line: number) => {
      const place = locateFinding(SPREAD, { ...finding({ id: "x" }), anchor: at(line) }, run);
      return SPREAD.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0));
    };
    expect(textAt(15)).toBe("0.1");
    expect(textAt(18)).toBe("20");
  });
});
