import { expect, it } from "vitest";
import { EarlyStopping } from "../../../../trainer/loop/earlyStopping.ts";
import type { Snapshot } from "../../../../trainer/loop/executor.ts";

type Settings = ConstructorParameters<typeof EarlyStopping>[0];

/** Weights that are the number of the epoch. */
function counting() {
  return {
    epoch: 0,
    async snapshot(): Promise<Snapshot> {
      return new Map([["w", Float32Array.of(this.epoch)]]);
    },
    restore(snapshot: Snapshot) {
      this.epoch = snapshot.get("w")![0]!;
    },
  };
}

/** @returns the epochs that were run, the best and whose weights are there in the end, all from 1 */
async function run(losses: number[], settings: Settings) {
  const executor = counting();
  const stopping = new EarlyStopping(settings, executor);
  let epochs = 0;
  for (const loss of losses) {
    epochs++;
    executor.epoch = epochs;
    if (await stopping.observe(epochs, loss)) break;
  }
  return { epochs, best: stopping.restore(), weights: executor.epoch };
}

it("stops after `patience` epochs that are not strictly better, with the best weights (S1-32, S0-23)", async () => {
  expect(await run([3, 2, 2, 2.5, 1, 1, 1, 0], { patience: 3 })).toEqual({
    epochs: 8,
    best: 8,
    weights: 8,
  });
  expect(await run([3, 2, 2, 2.5, 2, 1], { patience: 3 })).toEqual({
    epochs: 5,
    best: 2,
    weights: 2,
  });
});

it("does not count an improvement up to minDelta", async () => {
  const settings = { patience: 2, minDelta: 0.1 };
  expect(await run([3, 2.95, 2.91, 1], settings)).toEqual({ epochs: 3, best: 1, weights: 1 });
  expect(await run([3, 2.89, 2.88], settings)).toMatchObject({ epochs: 3, best: 2 });
});

it("never takes NaN for better", async () => {
  const losses = [Number.NaN, 1, Number.NaN, Number.NaN, 0];
  expect(await run(losses, { patience: 2 })).toMatchObject({ epochs: 4, best: 2 });
});

it("keeps the last weights where they are not to be restored", async () => {
  const settings = { patience: 2, restoreBestWeights: false };
  expect(await run([1, 2, 3, 4], settings)).toEqual({ epochs: 3, best: null, weights: 3 });
});

it("goes on waiting from where an interrupted training was", async () => {
  const executor = counting();
  const first = new EarlyStopping({ patience: 3 }, executor);
  executor.epoch = 1;
  await first.observe(1, 1);
  await first.observe(2, 2);
  const second = Object.assign(new EarlyStopping({ patience: 3 }, executor), {
    waiting: structuredClone(first.waiting),
    kept: first.kept,
  });
  executor.epoch = 4;
  expect([await second.observe(3, 2), await second.observe(4, 2)]).toEqual([false, true]);
  expect([second.restore(), executor.epoch]).toEqual([1, 1]);
});

// Both curves of lesson 001, whose epochs count from 0 as the lesson's do.
const curve = (loss: (epoch: number) => number, epochs = 200) =>
  Array.from({ length: epochs }, (_, epoch) => loss(epoch));
const simulated = curve((e) => 0.8 * Math.exp(-e / 30) + 0.05 + 0.001 * Math.max(0, e - 80) ** 1.3);
const recipeRun = curve(
  (e) => 0.65 * Math.exp(-e / 25) + 0.03 + 0.0005 * Math.max(0, e - 100) ** 1.2,
);

it.each([
  [5, 87],
  [10, 92],
  [15, 97],
  [20, 102],
])(
  "with patience %d on lesson 001's curve stops at its epoch %d, the best being 82 (S1-33, S1-34)",
  async (patience, stop) => {
    const { epochs, best, weights } = await run(simulated, { patience });
    // Ours count from 1: the lesson's epoch 92 is the 93rd, so 107 of 200 are saved, not 108.
    expect([epochs, best, weights]).toEqual([stop + 1, 83, 83]);
    expect(simulated[best! - 1]).toBeCloseTo(0.10446409, 8);
  },
);

it("saves 84 epochs of lesson 001's full run, not 85 (S1-38)", async () => {
  const { epochs, best } = await run(recipeRun, { patience: 15 });
  expect([best! - 1, epochs - 1, 200 - epochs]).toEqual([100, 115, 84]);
  expect(recipeRun[best! - 1]).toBeCloseTo(0.04190517, 8);
});

it("stops at 35 where the validation loss turns at 25 and patience is 10 (S3-10)", async () => {
  const turning = Array.from({ length: 50 }, (_, i) => Math.abs(i + 1 - 25));
  expect(await run(turning, { patience: 10 })).toMatchObject({ epochs: 35, best: 25 });
});
