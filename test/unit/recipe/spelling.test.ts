import { expect, it } from "vitest";
import { ACTIVATIONS } from "../../../recipe/names.ts";
import { nearest } from "../../../recipe/nearest.ts";
import { spelling } from "../../../recipe/spelling.ts";

const LAYERS = ["dense", "conv2d", "maxPooling2d", "batchNormalization", "dropout", "prelu"];

it.each([
  ["a slip of the keyboard", "dnese", "dense"],
  ["another case", "Conv2D", "conv2d"],
  ["snake case", "max_pooling2d", "maxPooling2d"],
  ["dashes", "batch-normalization", "batchNormalization"],
  ["cut short", "batchNorm", "batchNormalization"],
  ["made longer", "dropoutLayer", "dropout"],
])("finds the nearest name: %s", (_what, given, name) => {
  expect(nearest(given, LAYERS)).toBe(name);
});

it.each(["attention", "x", "", "lstm"])("finds none for %j", (given) => {
  expect(nearest(given, LAYERS)).toBeUndefined();
  expect(nearest(given, [])).toBeUndefined();
});

it("lets two letters change their places in a short name", () => {
  expect(nearest("sdg", ["sgd", "adam"])).toBe("sgd");
  expect(nearest("sga", ["sgd", "adam"])).toBe("sgd");
  expect(nearest("abc", ["sgd", "adam"])).toBeUndefined();
});

it("knows other libraries' names where ours is possible, and only there", () => {
  expect(spelling("Linear", LAYERS)).toEqual({ meant: "dense", hint: ': did you mean "dense"?' });
  expect(spelling("silu", ACTIVATIONS).meant).toBe("swish");
  expect(spelling("kaiming_normal", ["heNormal", "zeros"]).meant).toBe("heNormal");
  expect(spelling("kaiming_normal", ["zeros"])).toEqual({
    meant: undefined,
    hint: "; known here: zeros.",
  });
});

it("says how to write what is no name here, but prefers the same name in another case", () => {
  expect(spelling("momentum", ["sgd", "adam"]).hint).toBe(
    ': write { "type": "sgd", "momentum": 0.9, … }.',
  );
  expect(spelling("weight_decay", ["learningRate"]).hint).toMatch(/"adamw"/);
  expect(spelling("weight_decay", ["weightDecay"]).meant).toBe("weightDecay");
});
