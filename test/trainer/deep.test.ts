import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { TrainerBench } from "../helpers/trainer.ts";

const bench = new TrainerBench();
afterAll(() => bench.remove());
copyFileSync("examples/digits.csv", join(bench.folder, "digits.csv"));

const output = { type: "dense", units: 10, activation: "softmax" };

async function accuracyOf(layers: object[], epochs: number) {
  const { end } = await bench.train(
    bench.write("deep.train.json", {
      data: { csv: "digits.csv", label: "digit" },
      layers: [...layers, output],
      loss: "sparseCategoricalCrossentropy",
      optimizer: { type: "adam", learningRate: 0.001 },
      batchSize: 64,
      epochs,
    }),
  );
  return end!.train!["accuracy"]!;
}

it("50 sigmoid layers stay at chance (S1-37)", async () => {
  const plain = {
    type: "dense",
    units: 32,
    activation: "sigmoid",
    kernelInitializer: "glorotNormal",
  };
  // The largest class of ten holds a little more than a tenth of the rows.
  expect(
    await accuracyOf(
      Array.from({ length: 50 }, () => plain),
      8,
    ),
  ).toBeLessThan(0.15);
});

it("50 layers with ReLU, He, batch normalisation and skips learn (S1-37)", async () => {
  const block = {
    type: "residual",
    layers: [
      { type: "dense", units: 32, kernelInitializer: "heNormal" },
      { type: "batchNormalization", momentum: 0.9 },
      { type: "activation", activation: "relu" },
    ],
  };
  const first = { type: "dense", units: 32, activation: "relu", kernelInitializer: "heNormal" };
  expect(await accuracyOf([first, ...Array.from({ length: 49 }, () => block)], 15)).toBeGreaterThan(
    0.9,
  );
});
