import { expect, it } from "vitest";
import { Batches } from "../../../../trainer/data/batches.ts";
import type { Part } from "../../../../trainer/data/dataset.ts";
import { stream } from "../../../../trainer/random.ts";

const part = (rows: number): Part => ({
  rows,
  inputs: Float32Array.from({ length: rows * 2 }, (_, i) => i),
  targets: Float32Array.from({ length: rows }, (_, i) => 100 + i),
});

function pass(batches: Batches) {
  return Array.from({ length: batches.count }, (_, i) => {
    const { inputs, targets } = batches.get(i);
    for (const [row, target] of targets.entries()) {
      expect(inputs[2 * row]).toBe(2 * (target - 100));
      expect(inputs[2 * row + 1]).toBe(2 * (target - 100) + 1);
    }
    return [...targets];
  });
}

it("keeps the smaller last batch, and every row comes once a pass", () => {
  const batches = new Batches(part(10), 2, 4);
  batches.shuffle(stream(1, "shuffle"));
  const seen = pass(batches);
  expect(seen.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(seen.flat().sort()).toEqual(Array.from({ length: 10 }, (_, i) => 100 + i));
});

it("has another order each epoch, and the same for the same seed", () => {
  const order = stream(1, "shuffle");
  const batches = new Batches(part(20), 2, 20);
  batches.shuffle(order);
  const first = pass(batches);
  batches.shuffle(order);
  expect(pass(batches)).not.toEqual(first);
  const again = new Batches(part(20), 2, 20);
  again.shuffle(stream(1, "shuffle"));
  expect(pass(again)).toEqual(first);
});

it("updates once a row with batch size 1, and once an epoch with all rows", () => {
  expect(new Batches(part(10), 2, 1).count).toBe(10);
  expect(new Batches(part(10), 2, 10).count).toBe(1);
  expect(new Batches(part(10), 2, 1000).count).toBe(1);
});
