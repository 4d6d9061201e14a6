import { expect, it } from "vitest";
import { EarlyStopping } from "../../../../trainer/loop/earlyStopping.ts";
import type { Network, Snapshot } from "../../../../trainer/model/network.ts";

/** A network whose weights are the number of the epoch. */
function counting() {
  const network = {
    epoch: 0,
    snapshot: (): Snapshot => new Map([["w", Float32Array.of(network.epoch)]]),
    restore(snapshot: Snapshot) {
      network.epoch = snapshot.get("w")![0]!;
    },
  };
  return network;
}

function run(losses: number[], settings: ConstructorParameters<typeof EarlyStopping>[0]) {
  const network = counting();
  const stopping = new EarlyStopping(settings, network as unknown as Network);
  const stoppedAt = losses.findIndex((loss, i) => {
    network.epoch = i + 1;
    return stopping.observe(i + 1, loss);
  });
  const best = stopping.restore();
  return { stoppedAt: stoppedAt + 1, best, weights: network.epoch };
}

it("stops after `patience` epochs that are not strictly better, with the best weights", () => {
  expect(run([3, 2, 2, 2.5, 1, 1, 1, 0], { patience: 3 })).toEqual({
    stoppedAt: 0,
    best: 8,
    weights: 8,
  });
  expect(run([3, 2, 2, 2.5, 2, 1], { patience: 3 })).toEqual({ stoppedAt: 5, best: 2, weights: 2 });
});

it("does not count an improvement up to minDelta", () => {
  expect(run([3, 2.95, 2.91], { patience: 2, minDelta: 0.1 })).toMatchObject({
    stoppedAt: 3,
    best: 1,
  });
  expect(run([3, 2.89, 2.88], { patience: 2, minDelta: 0.1 })).toMatchObject({
    stoppedAt: 0,
    best: 2,
  });
});

it("never takes NaN for better", () => {
  expect(run([Number.NaN, 1, Number.NaN, Number.NaN], { patience: 2 })).toMatchObject({
    stoppedAt: 4,
    best: 2,
  });
});

it("keeps the last weights where they are not to be restored", () => {
  expect(run([1, 2, 3], { patience: 2, restoreBestWeights: false })).toEqual({
    stoppedAt: 3,
    best: null,
    weights: 3,
  });
});
