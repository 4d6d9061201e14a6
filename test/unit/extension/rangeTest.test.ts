import { expect, test } from "vitest";
import { judgeRangeTest } from "../../../diagnosis/rangeTest.ts";
import { hoverAt } from "../../../extension/editor/hover/hoverAt.ts";
import { RangeTests } from "../../../extension/editor/hover/rangeTests.ts";
import { learningRatePlace, suggestedRate } from "../../../extension/editor/suggestedRate.ts";
import { applyEdits } from "../../../fixes/textEdit.ts";

const RECIPE = `{
  "data": { "csv": "rows.csv", "label": "y" },
  "layers": [{ "type": "dense", "units": 3, "activation": "softmax" }],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": { "type": "adam", "learningRate": 0.1 }, // too high?
  "batchSize": 16,
  "epochs": 3
}
`;
const WITHOUT_RATE = RECIPE.replace(', "learningRate": 0.1', "");

/** Falls from 2.3 to 0.3, fastest at 0.003. */
const FALLING = judgeRangeTest(
  Array.from({ length: 100 }, (_, i) => {
    const learningRate = 1e-8 * 1e9 ** (i / 99);
    return { learningRate, loss: 0.3 + 2 / (1 + (learningRate / 3e-3) ** 2) };
  }),
);
const FLAT = judgeRangeTest(FALLING.points.map((point) => ({ ...point, loss: 2.3 })));

function hover(around: object) {
  const offset = RECIPE.indexOf('"learningRate"');
  return hoverAt(RECIPE, offset, { dark: true, lastRun: undefined, ...around })!.markdown;
}

test("the hover on the learning rate shows the range test as a second picture, with what it says", () => {
  const pictures = (markdown: string) => markdown.split("](data:image/svg+xml;base64,").length - 1;
  expect(pictures(hover({}))).toBe(1);
  const markdown = hover({ rangeTest: FALLING });
  expect(pictures(markdown)).toBe(2);
  expect(markdown).toContain("is lowest at");
  const [, data] = /Loss by learning rate\]\(data:image\/svg\+xml;base64,([^)]+)/.exec(markdown)!;
  const svg = Buffer.from(data!, "base64").toString();
  expect(svg).toContain("suggested 0.003");
  const at = Number(/<line x1="([\d.]+)"[^>]*dasharray/.exec(svg)![1]);
  const tick = (power: number) =>
    Number(new RegExp(`x="([\\d.]+)"[^>]*>1e${power}<`).exec(svg)![1]);
  expect(at).toBeGreaterThan(tick(-4) + (tick(-2) - tick(-4)) / 2);
  expect(at).toBeLessThan(tick(-2));
});

test("a test can be asked for in the hover where the workspace is trusted, and only there", () => {
  expect(hover({ canTest: true })).toContain("command:vitals.findLearningRate");
  expect(hover({ rangeTest: FALLING })).not.toContain("command:");
});

test("a flat test is shown too, and suggests nothing", () => {
  expect(hover({ rangeTest: FLAT })).toContain("No suggestion");
  expect(suggestedRate(RECIPE, FLAT)).toBeUndefined();
});

test.each([
  ["written", RECIPE],
  ["left to its default", WITHOUT_RATE],
])("the suggestion is written into a recipe whose rate is %s", (_name, text) => {
  const { title, edits } = suggestedRate(text, FALLING)!;
  expect(title).toContain("0.003");
  const changed = applyEdits(text, edits);
  expect(changed).toBe(RECIPE.replace("0.1", "0.003"));
  expect(suggestedRate(changed, FALLING)).toBeUndefined();
});

test("a result holds while only the rate, spaces and comments change", () => {
  const tests = new RangeTests();
  tests.keep("a.train.json", RECIPE, FALLING);
  const of = (text: string) => tests.of("a.train.json", text);
  expect(of(RECIPE.replace("0.1", "0.003"))).toBe(FALLING);
  expect(of(WITHOUT_RATE)).toBe(FALLING);
  expect(of(RECIPE.replace(" // too high?", ""))).toBe(FALLING);
  expect(of(RECIPE.replace("16", "32"))).toBeUndefined();
  expect(of("")).toBeUndefined();
  expect(tests.of("b.train.json", RECIPE)).toBeUndefined();
});

test("the place of the rate is its property, or the optimizer where there is none", () => {
  const textAt = (text: string) => {
    const { offset, length } = learningRatePlace(text)!;
    return text.slice(offset, offset + length);
  };
  expect(textAt(RECIPE)).toBe('"learningRate": 0.1');
  expect(textAt(WITHOUT_RATE)).toBe('"optimizer": { "type": "adam" }');
  expect(learningRatePlace("{}")).toBeUndefined();
});
