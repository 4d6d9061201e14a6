import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import type { Recipe } from "../../../recipe/schema.ts";
import { loadData } from "../../../trainer/data/index.ts";

/** Where Debian's package dataset-fashion-mnist puts its files. */
const FOLDER = "/usr/share/datasets/fashion-mnist";

const recipe: Recipe = {
  data: {
    idx: {
      images: "train-images-idx3-ubyte.gz",
      labels: "train-labels-idx1-ubyte.gz",
      testImages: "t10k-images-idx3-ubyte.gz",
      testLabels: "t10k-labels-idx1-ubyte.gz",
    },
    scaling: "none",
  },
  layers: [{ type: "dense", units: 10, activation: "softmax" }],
  loss: "sparseCategoricalCrossentropy",
  optimizer: { type: "adam", learningRate: 0.001 },
  batchSize: 64,
  epochs: 1,
};

const counts = (targets: Float32Array) =>
  Array.from({ length: 10 }, (_, k) => targets.filter((target) => target === k).length);

/** Mean and deviation over all pixels. */
function figures(inputs: Float32Array): [mean: number, std: number] {
  const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
  const variance = inputs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / inputs.length;
  return [mean, Math.sqrt(variance)];
}

it.skipIf(!existsSync(FOLDER))("reads Fashion-MNIST as it is published", async () => {
  const data = await loadData(recipe, FOLDER, 1);
  expect(data.shape).toEqual([28, 28, 1]);
  expect([data.train.rows, data.validation.rows, data.test.rows]).toEqual([51_000, 9_000, 10_000]);
  // Ten classes of 6,000 and of 1,000 (Xiao et al. 2017); the test set begins with boot, pullover and two trousers.
  const known = counts(data.train.targets).map((n, k) => n + counts(data.validation.targets)[k]!);
  expect(known).toEqual(Array(10).fill(6000));
  expect(counts(data.test.targets)).toEqual(Array(10).fill(1000));
  expect([...data.test.targets.subarray(0, 4)]).toEqual([9, 2, 1, 1]);
  // The figures that everybody normalises by: 0.2860 and 0.3530 of full light.
  const [mean, std] = figures(data.train.inputs);
  expect(mean / 255).toBeCloseTo(0.286, 3);
  expect(std / 255).toBeCloseTo(0.353, 3);
});

it.skipIf(!existsSync(FOLDER))("standardizes Fashion-MNIST by one mean and deviation", async () => {
  const data = await loadData(
    { ...recipe, data: { ...recipe.data, rows: 5000, scaling: "standardize" } },
    FOLDER,
    1,
  );
  const [mean, std] = figures(data.train.inputs);
  expect(Math.abs(mean)).toBeLessThan(1e-6);
  expect(std).toBeCloseTo(1, 5);
  // One pixel has other figures than all: a corner is nearly always black.
  const corners = data.train.inputs.filter((_, i) => i % 784 === 0);
  expect(figures(corners)[0]).toBeLessThan(-0.7);
});
