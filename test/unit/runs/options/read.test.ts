import { expect, test } from "vitest";
import { mergeOptions, readOptions } from "../../../../runs/options/read.ts";

const mistakes = (text: string) =>
  readOptions(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

test("reads what to silence and which thresholds to move, with comments", () => {
  const text = `{
    "$schema": "./vitals.schema.json",
    // long plateaus are usual here
    "silence": ["plateau"],
    "thresholds": { "dead-relu": { "share": 0.7 } },
  }`;
  expect(readOptions(text)).toEqual({
    problems: [],
    written: expect.objectContaining({
      silence: ["plateau"],
      thresholds: { "dead-relu": { share: 0.7 } },
    }),
  });
});

test.each([
  ['{ "silence": ["dead_relu"] }', '1:15 Unknown symptom "dead_relu": did you mean "dead-relu"?'],
  ['{ "silence": "plateau" }', '1:14 "silence" must be a list [ … ], not "plateau".'],
  ['{\n  "silnce": [] }', '2:3 Unknown setting "silnce" in the file: did you mean "silence"?'],
  [
    '{ "thresholds": { "dead-rulu": {} } }',
    '1:19 Unknown setting "dead-rulu" in "thresholds": did you mean "dead-relu"?',
  ],
  [
    '{ "thresholds": { "dead-relu": { "shore": 1 } } }',
    '1:34 Unknown setting "shore" in "dead-relu": did you mean "share"?',
  ],
  [
    '{ "thresholds": { "dead-relu": { "share": "0.7" } } }',
    '1:43 "share" must be a number, not "0.7".',
  ],
  ['{ "thresholds": { "dead-relu": { "share": 0 } } }', '1:43 "share" must be above 0.'],
  [
    '{ "thresholds": { "dead-relu": { "share": 1e999 } } }',
    '1:43 "share" must be a number, not Infinity.',
  ],
  ["", "1:1 The file is empty."],
  ["{} {}", "1:4 Nothing may follow the end of the file."],
])("%s has one mistake, with its place", (text, mistake) => {
  expect(mistakes(text)).toEqual([mistake]);
  expect(readOptions(text).written).toBeUndefined();
});

test("the file wins over the settings, one number at a time", () => {
  const settings = {
    silence: ["plateau" as const],
    thresholds: { "dead-relu": { share: 0.6, patience: 3 }, "overfitting-gap": { accuracy: 0.2 } },
  };
  expect(mergeOptions(settings, { thresholds: { "dead-relu": { share: 0.7 } } })).toEqual({
    silenced: ["plateau"],
    thresholds: { "dead-relu": { share: 0.7, patience: 3 }, "overfitting-gap": { accuracy: 0.2 } },
  });
  expect(mergeOptions(settings, { silence: [] }).silenced).toEqual([]);
  expect(mergeOptions(undefined, undefined)).toEqual({ silenced: [], thresholds: {} });
});
