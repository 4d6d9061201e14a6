import { describe, expect, it } from "vitest";
import { readRecipe } from "../../../recipe/read.ts";

const GOOD = `{
  // what to learn from
  "data": { "csv": "digits.csv", "label": "digit" },
  "layers": [
    { "type": "dense", "units": 64, "activation": "relu", "kernelInitializer": "heNormal" },
    { "type": "dropout", "rate": 0.3 },
    { "type": "dense", "units": 10, "activation": "softmax" },
  ],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": { "type": "adam", "learningRate": 0.001 },
  "batchSize": 32,
  "epochs": 20,
}`;

/** Each mistake as `line:column message`. */
const mistakes = (text: string) =>
  readRecipe(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe("reading a recipe", () => {
  it("takes comments and trailing commas", () => {
    const { recipe, problems } = readRecipe(GOOD);
    expect(problems).toEqual([]);
    expect(recipe?.layers).toHaveLength(3);
  });

  it("says where a value stands", () => {
    const { locate } = readRecipe(GOOD);
    expect(locate(["layers", 1])).toMatchObject({ line: 6, column: 5 });
    expect(locate(["optimizer", "learningRate"])).toMatchObject({ line: 10, column: 50 });
    // What is not written is shown at its parent.
    expect(locate(["optimizer", "clipNorm"])).toMatchObject({ line: 10, column: 16 });
  });

  const cases: [name: string, from: string, to: string, mistake: RegExp][] = [
    [
      "an unknown layer",
      '"dropout"',
      '"dropuot"',
      /^6:15 Unknown layer "dropuot": did you mean "dropout"\?$/,
    ],
    [
      "an unknown activation",
      '"relu"',
      '"rleu"',
      /^5:51 Unknown "activation" "rleu": did you mean "relu"\?$/,
    ],
    [
      "an unknown initializer",
      '"heNormal"',
      '"he"',
      /^5:80 Unknown "kernelInitializer" "he"; known here: heNormal/,
    ],
    [
      "an unknown setting",
      '"rate"',
      '"rat"',
      /^6:26 Unknown setting "rat" in layer "dropout": did you mean "rate"\?$/,
    ],
    [
      "an unknown optimizer",
      '"adam"',
      '"adamm"',
      /^10:26 Unknown "optimizer" "adamm": did you mean "adam"\?$/,
    ],
    [
      "an unknown loss",
      '"sparseCategoricalCrossentropy"',
      '"crossentropy"',
      /^9:11 Unknown "loss" "crossentropy"/,
    ],
    ["a number out of range", "0.3", "1.5", /^6:34 "rate" must be below 1\.$/],
    [
      "a fraction for a count",
      '"units": 64',
      '"units": 6.4',
      /^5:33 "units" must be a whole number, not 6\.4\.$/,
    ],
    [
      "text for a number",
      "0.001",
      '"fast"',
      /^10:50 "learningRate" must be a number, not "fast"\.$/,
    ],
    ["a missing setting", '"batchSize": 32,', "", /^1:1 Recipe lacks "batchSize"\.$/],
    [
      "a missing comma",
      '"batchSize": 32,',
      '"batchSize": 32',
      /^12:3 A comma is missing before this\.$/,
    ],
    [
      "a setting twice",
      '"batchSize": 32,',
      '"batchSize": 32, "epochs": 3,',
      /"epochs" stands twice/,
    ],
    [
      "an initializer without its settings",
      '"heNormal"',
      '"randomNormal"',
      /needs settings: write \{ "type": "randomNormal"/,
    ],
    [
      "the wrong output for the loss",
      '"softmax"',
      '"sigmoid"',
      /^7:51 The loss sparseCategoricalCrossentropy needs the last layer to end in "softmax", not "sigmoid"\.$/,
    ],
    ["softmax inside", '"relu"', '"softmax"', /^5:51 softmax belongs on the last layer only/],
    [
      "a split that does not add up",
      '"digit"',
      '"digit", "split": { "train": 0.8, "validation": 0.1, "test": 0.2 }',
      /^3:61 The shares of "split" add up to 1\.1/,
    ],
    [
      "an empty split",
      '"digit"',
      '"digit", "split": { "train": 0.8, "validation": 0, "test": 0.2 }',
      /The validation split is empty/,
    ],
  ];
  for (const [name, from, to, mistake] of cases) {
    it(`places ${name} and says what to write instead`, () => {
      const changed = GOOD.replace(from, to);
      expect(changed).not.toBe(GOOD);
      expect(
        mistakes(changed).some((m) => mistake.test(m)),
        mistakes(changed).join("\n"),
      ).toBe(true);
      expect(readRecipe(changed).recipe).toBeUndefined();
    });
  }

  it("reports all mistakes, not only the first", () => {
    const changed = GOOD.replace("0.3", "3").replace('"relu"', '"rleu"');
    expect(mistakes(changed)).toHaveLength(2);
  });

  it("never throws, whatever the text", () => {
    for (const text of [
      "",
      "null",
      "[]",
      "42",
      '"x"',
      "{",
      '{"layers": [[]]}',
      '{"layers": {"type": 3}}',
      "{]",
    ]) {
      expect(readRecipe(text).problems.length, text).toBeGreaterThan(0);
    }
    for (let cut = 0; cut < GOOD.length - 1; cut++) {
      expect(readRecipe(GOOD.slice(0, cut)).problems.length, `cut at ${cut}`).toBeGreaterThan(0);
    }
  });

  it("allows the $schema key that editors insert", () => {
    expect(mistakes(GOOD.replace("{", '{ "$schema": "./x.json",'))).toEqual([]);
  });
});
