import { afterAll, beforeAll, expect, it } from "vitest";
import { recipe, TrainerBench } from "../../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
});
afterAll(() => bench.remove());

/** One linear unit without bias, from the weights (1, 1), by all rows at once. */
const ravine = (optimizer: Record<string, unknown>, epochs: number) =>
  recipe({
    data: { generate: { type: "ravine", rows: 200 }, scaling: "none" },
    layers: [{ type: "dense", units: 1, useBias: false, kernelInitializer: "ones" }],
    loss: "meanSquaredError",
    optimizer: { type: "sgd", learningRate: 0.01, ...optimizer },
    batchSize: "full",
    epochs,
  });

async function lossesOf(content: object): Promise<number[]> {
  const { epochs, stderr } = await bench.train(bench.write("ravine.train.json", content));
  expect(stderr).toBe("");
  return epochs.map(({ validation }) => Number(validation!["loss"]));
}

it("S0-15: descends the ravine ½ (x² + 25 y²) to 0.0670 in 100 steps of 0.01", async () => {
  const losses = await lossesOf(ravine({}, 100));
  // Each coordinate shrinks for itself, by 1 − 0.01 and by 1 − 0.25.
  for (const [step, loss] of losses.entries()) {
    const expected = 0.5 * (0.99 ** (2 * step) + 25 * 0.75 ** (2 * step));
    expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-5);
  }
  expect(losses[100]!.toFixed(4)).toBe("0.0670");
});

it("S0-15: descends it to 4.08e-6 with momentum 0.9", async () => {
  const losses = await lossesOf(ravine({ momentum: 0.9 }, 100));
  expect(losses[100]!.toExponential(2)).toBe("4.08e-6");
});

it("S0-14: bounces across the ravine with steps of 0.07, and still descends", async () => {
  const losses = await lossesOf(ravine({ learningRate: 0.07 }, 3));
  for (const [step, loss] of losses.entries()) {
    const expected = 0.5 * (0.93 ** (2 * step) + 25 * (1 - 1.75) ** (2 * step));
    expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-5);
  }
});

it("separates two moons", async () => {
  const { end } = await bench.train(
    bench.write(
      "moons.train.json",
      recipe({
        data: { generate: { type: "moons", rows: 400 } },
        layers: [
          { type: "dense", units: 16, activation: "tanh" },
          { type: "dense", units: 1, activation: "sigmoid" },
        ],
        loss: "binaryCrossentropy",
        optimizer: { type: "adam", learningRate: 0.05 },
        epochs: 30,
      }),
    ),
  );
  expect(end?.validation?.["accuracy"]).toBeGreaterThan(0.95);
});
