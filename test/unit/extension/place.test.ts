import { expect, test } from "vitest";
import { placeConsequences, placeEvidence, placeFinding } from "../../../extension/editor/place.ts";
import { layerInfo } from "../../helpers/events.ts";
import { aFinding, aRunEvent } from "./runs.ts";

const RECIPE = `{
  "data": { "csv": "a.csv", "label": "y" },
  "layers": [
    { "type": "dense", "units": 8, "activation": "relu" },
    { "type": "dense", "units": 2, "activation": "softmax" }
  ],
  "loss": "sparseCategoricalCrossentropy",
  "optimizer": { "type": "sgd", "learningRate": 5 },
  "batchSize": 32,
  "epochs": 5
}
`;
const OPTIMIZER = { file: "/w/a.train.json", line: 8, column: 3 };
const run = aRunEvent({ anchors: { optimizer: OPTIMIZER, loss: null, fit: null, data: null } });
const at = (text: string, span: { offset: number; length: number }) =>
  text.slice(span.offset, span.offset + span.length);

test("a finding stands on today's text, also after lines were added above it", () => {
  const finding = aFinding({ anchor: OPTIMIZER });
  expect(at(RECIPE, placeFinding(RECIPE, finding, run))).toContain("5");
  const longer = RECIPE.replace("{\n", "{\n  // a comment\n  // and another\n");
  expect(at(longer, placeFinding(longer, finding, run))).toBe(
    at(RECIPE, placeFinding(RECIPE, finding, run)),
  );
});

test("a layer is marked by its first entry, not by its whole line", () => {
  const layer = { file: "/w/a.train.json", line: 4, column: 5 };
  const layers = ["dense_1", "dense_2"].map((name, i) =>
    layerInfo(name, { anchor: { ...layer, line: 4 + i } }),
  );
  const span = placeFinding(RECIPE, aFinding({ anchor: layer }), aRunEvent({ layers }));
  expect(at(RECIPE, span)).toBe('{ "type": "dense"');
});

test("where the text is no recipe at the moment, it stands on the anchor's line", () => {
  const broken = RECIPE.replace('"loss": ', "");
  const finding = aFinding({ anchor: OPTIMIZER });
  expect(at(broken, placeFinding(broken, finding, run))).toBe(
    '"optimizer": { "type": "sgd", "learningRate": 5 },',
  );
  expect(at("", placeFinding("", finding, run))).toBe("");
  expect(at("{", placeFinding("{", aFinding({ anchor: null }), run))).toBe("{");
});

test("evidence stands at its layer, the optimizer or the epochs", () => {
  const evidence = (metric: string, layer: string | null) => ({
    metric,
    layer,
    firstStep: 1,
    lastStep: 2,
    value: 1,
    threshold: 0,
    text: metric,
  });
  const finding = aFinding({
    evidence: [
      evidence("layer.1.epochSilent", "dense_2"),
      evidence("gradientNorm", null),
      evidence("validation.loss", null),
    ],
  });
  const places = placeEvidence(RECIPE, finding, run).map(({ span }) => at(RECIPE, span));
  expect(places).toEqual([
    '{ "type": "dense", "units": 2, "activation": "softmax" }',
    '{ "type": "sgd", "learningRate": 5 }',
    "5",
  ]);
});

test("a consequence is named, and stands where it would stand by itself", () => {
  const layer = { file: "/w/a.train.json", line: 4, column: 5 };
  const layers = [layerInfo("dense_1", { anchor: layer })];
  const dead = aFinding({ anchor: layer, message: "Units died." });
  const [related] = placeConsequences(RECIPE, [dead], aRunEvent({ layers }));
  expect(related?.text).toBe("leads to dead-relu: Units died.");
  expect(related && at(RECIPE, related.span)).toBe('{ "type": "dense"');
});
