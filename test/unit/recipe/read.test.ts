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

  it("reports all mistakes, not only the first", () => {
    const changed = GOOD.replace("0.3", "3").replace('"relu"', '"rleu"');
    expect(mistakes(changed)).toHaveLength(2);
  });

  it("keeps to the first mistake of the JSON itself, for it cannot know what was meant behind it", () => {
    const changed = GOOD.replace('"rate": 0.3', '"rate" 0.3').replace(
      '"batchSize": 32,',
      "batchSize = 32",
    );
    expect(mistakes(changed)).toEqual(["6:33 A colon is missing between key and value."]);
  });

  it("says a slip once: what was meant is not missing as well", () => {
    expect(mistakes(GOOD.replace('"rate"', '"rat"'))).toEqual([
      '6:26 Unknown setting "rat" in layer "dropout": did you mean "rate"?',
    ]);
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
