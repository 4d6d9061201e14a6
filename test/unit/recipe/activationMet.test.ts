import { expect, it } from "vitest";
import { activationMet } from "../../../recipe/activationMet.ts";

const dense = { type: "dense", units: 4 } as const;
const normalize = { type: "batchNormalization" } as const;
const relu = { type: "activation", activation: "relu" } as const;

it.each([
  ["its own", [{ ...dense, activation: "tanh" }, relu], "tanh"],
  ["the one behind normalisation", [dense, normalize, relu], "relu"],
  ["the one behind dropout", [dense, { type: "dropout", rate: 0.5 }, relu], "relu"],
  ["a learned slope", [dense, { type: "prelu" }], "leakyRelu"],
  ["none before the next weights", [dense, { ...dense, activation: "relu" }], "linear"],
  ["none at the end", [dense, normalize], "linear"],
] as const)("finds %s", (_name, layers, expected) => {
  expect(activationMet(layers, 0)).toBe(expected);
});
