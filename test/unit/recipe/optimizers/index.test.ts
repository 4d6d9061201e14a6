import { expect, it } from "vitest";
import { learningRateOf, OPTIMIZERS } from "../../../../recipe/optimizers/index.ts";
import { checkOptimizer } from "../../../../recipe/optimizers/sense.ts";
import { readRecipe } from "../../../../recipe/read.ts";
import type { RecipeOptimizer } from "../../../../recipe/schema.ts";

const problems = (optimizer: object, more: object = {}) =>
  readRecipe(
    JSON.stringify({
      data: { csv: "a.csv", label: "y" },
      layers: [{ type: "dense", units: 2, activation: "softmax" }],
      loss: "sparseCategoricalCrossentropy",
      optimizer,
      batchSize: 32,
      epochs: 100,
      ...more,
    }),
  ).problems.map(({ message }) => message);

it("has all that the lessons name, and two more (S1-40)", () => {
  const named: RecipeOptimizer[] = [
    { type: "sgd" },
    { type: "sgd", momentum: 0.9 },
    { type: "sgd", momentum: 0.9, momentumForm: "torch" },
    { type: "sgd", momentum: 0.9, nesterov: true },
    { type: "rmsprop" },
    { type: "adam" },
    { type: "adamw" },
    { type: "adagrad" },
    { type: "adadelta" },
  ];
  for (const optimizer of named) expect(problems(optimizer)).toEqual([]);
  expect(new Set(named.map(({ type }) => type))).toEqual(new Set(Object.keys(OPTIMIZERS)));
});

it("starts at the lessons' learning rates: 0.001, and 0.01 for gradient descent (S3-02, S3-13)", () => {
  expect(learningRateOf({ type: "sgd" })).toBe(0.01);
  for (const type of ["rmsprop", "adam", "adamw"] as const) {
    expect(learningRateOf({ type })).toBe(0.001);
  }
  expect(learningRateOf({ type: "adam", learningRate: 0.5 })).toBe(0.5);
});

it("takes momentum from 0.9 to 0.99, and refuses 1 (S0-16)", () => {
  expect(problems({ type: "sgd", momentum: 0.9 })).toEqual([]);
  expect(problems({ type: "sgd", momentum: 0.99 })).toEqual([]);
  expect(problems({ type: "sgd", momentum: 1 })).toEqual(['"momentum" must be below 1.']);
});

it("takes warm-ups of 5 to 10 % and more, as long as epochs are left (S1-30)", () => {
  const warm = (warmupEpochs: number) => ({
    type: "adam",
    schedule: { type: "warmupCosine", warmupEpochs },
  });
  for (const epochs of [0.5, 5, 10, 30, 99]) expect(problems(warm(epochs))).toEqual([]);
  expect(problems(warm(100))).toHaveLength(1);
});

it("compares the end of a schedule with the learning rate that is not written", () => {
  const optimizer: RecipeOptimizer = {
    type: "adam",
    schedule: { type: "cosine", minLearningRate: 0.002 },
  };
  expect(checkOptimizer({ optimizer, epochs: 9 })).toEqual([
    {
      path: ["optimizer", "schedule", "minLearningRate"],
      message:
        'The schedule would end at 0.002, and the learning rate begins at 0.001: make "minLearningRate" smaller.',
    },
  ]);
  expect(checkOptimizer({ optimizer: { ...optimizer, type: "sgd" }, epochs: 9 })).toEqual([]);
});

it.each([1, 32, 64, 128, 256, 512, "full"])(
  "takes batches of %s (S0-18, S0-19, S0-20, S2-07)",
  (batchSize) => {
    expect(problems({ type: "adam" }, { batchSize })).toEqual([]);
  },
);
