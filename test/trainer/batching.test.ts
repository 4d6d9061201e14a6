import { afterAll, beforeAll, expect, it } from "vitest";
import { batchCount } from "../../trainer/data/batches.ts";
import { clusters, recipe, TrainerBench } from "../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
  // 70 to train on, 15 to validate with, 15 to test with.
  bench.write("clusters.csv", clusters(100, 4, 3));
});
afterAll(() => bench.remove());

const train = (overrides: Record<string, unknown>, args: string[] = []) =>
  bench.train(bench.write("net.train.json", recipe(overrides)), args);

it.each([
  ["one update an epoch with all rows at once (S0-18)", { batchSize: "full" }, 1, 70],
  ["one a batch, the last one smaller", { batchSize: 16 }, 5, 16],
  ["one a whole batch with dropRemainder", { batchSize: 16, dropRemainder: true }, 4, 16],
  ["one for all where the batch is larger than the data", { batchSize: 512 }, 1, 512],
  ["one a row with single examples (S0-19)", { batchSize: 1 }, 70, 1],
] as const)("makes %s", async (_what, settings, updates, batchSize) => {
  const { header, steps, epochs } = await train({ ...settings, epochs: 2 });
  expect(header).toMatchObject({ stepsPerEpoch: updates, batchSize, examples: { train: 70 } });
  expect(steps.map(({ epoch }) => epoch)).toEqual([
    ...Array(updates).fill(1),
    ...Array(updates).fill(2),
  ]);
  expect(epochs.map(({ step }) => step)).toEqual([0, updates, 2 * updates]);
});

it("counts 782 updates of 64 of 50 000 rows, 781 without the last 16 (S2-03)", () => {
  expect(100 * batchCount(50_000, 64)).toBe(78_200);
  expect(100 * batchCount(50_000, 64, true)).toBe(78_100);
});

// With next to no learning, a batch's loss tells which rows are in it.
const still = { optimizer: { type: "sgd", learningRate: 1e-30 }, epochs: 3 };
const lossesByEpoch = ({ steps }: Awaited<ReturnType<typeof train>>) =>
  [1, 2, 3].map((epoch) => steps.filter((step) => step.epoch === epoch).map(({ loss }) => loss));

it("draws a new order for each epoch (S0-19, S4-07)", async () => {
  const [first, second, third] = lossesByEpoch(await train({ ...still, batchSize: 10 }));
  expect(second).not.toEqual(first);
  expect(third).not.toEqual(second);
  const sum = (losses: number[]) => losses.reduce((a, b) => a + b, 0);
  // The same rows in other batches.
  expect(sum(second!)).toBeCloseTo(sum(first!), 4);
});

it("keeps the file's order with shuffle off", async () => {
  const [first, second, third] = lossesByEpoch(
    await train({ ...still, batchSize: 10, shuffle: false }),
  );
  expect(second).toEqual(first);
  expect(third).toEqual(first);
});

it("shows rows with a high loss more often with emphasis, from the second epoch on", async () => {
  const means = async (overrides: Record<string, unknown>) =>
    lossesByEpoch(await train({ ...still, batchSize: 10, ...overrides })).map(
      (losses) => losses.reduce((a, b) => a + b, 0) / losses.length,
    );
  const plain = await means({});
  const emphasized = await means({ emphasis: { power: 2 } });
  expect(emphasized[0]).toBe(plain[0]);
  expect(emphasized[1]).toBeGreaterThan(1.1 * plain[1]!);
  expect(emphasized[2]).toBeGreaterThan(1.1 * plain[2]!);
});

it("averages the epoch's loss over rows, not over batches", async () => {
  const { steps, epochs } = await train({ epochs: 1, batchSize: 16 });
  const rows = [16, 16, 16, 16, 6];
  const mean = steps.reduce((sum, { loss }, i) => sum + loss * rows[i]!, 0) / 70;
  expect(epochs[1]!.train["loss"]).toBeCloseTo(mean, 5);
});
