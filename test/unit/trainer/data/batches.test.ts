import { expect, it } from "vitest";
import { Batches, type BatchSettings } from "../../../../trainer/data/batches.ts";
import type { Part } from "../../../../trainer/data/dataset.ts";
import { stream } from "../../../../trainer/random.ts";

const part = (rows: number): Part => ({
  rows,
  inputs: Float32Array.from({ length: rows * 2 }, (_, i) => i),
  targets: Float32Array.from({ length: rows }, (_, i) => 100 + i),
});
const augment = stream(1, "augment");
const make = (rows: number, settings: BatchSettings) => new Batches(part(rows), [2], settings);

/** The targets of each batch; the inputs are checked to be of the same rows. */
function pass(batches: Batches) {
  return Array.from({ length: batches.count }, (_, i) => {
    const { inputs, targets, rows } = batches.get(i, augment);
    expect(rows).toBe(targets.length);
    for (const [row, target] of targets.entries()) {
      expect(inputs[2 * row]).toBe(2 * (target - 100));
      expect(inputs[2 * row + 1]).toBe(2 * (target - 100) + 1);
    }
    return [...targets];
  });
}

it("keeps the smaller last batch, and every row comes once a pass", () => {
  const batches = make(10, { size: 4 });
  batches.startEpoch(stream(1, "shuffle"));
  const seen = pass(batches);
  expect(seen.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(seen.flat().sort()).toEqual(Array.from({ length: 10 }, (_, i) => 100 + i));
});

it("leaves the smaller last batch out where that is asked for", () => {
  const sizes = (rows: number, size: number) =>
    pass(make(rows, { size, dropRemainder: true })).map(({ length }) => length);
  expect(sizes(10, 4)).toEqual([4, 4]);
  expect(sizes(8, 4)).toEqual([4, 4]);
  expect(sizes(3, 4)).toEqual([3]);
});

it("S0-19: has another order each epoch, and the same for the same seed", () => {
  const order = stream(1, "shuffle");
  const batches = make(20, { size: 20 });
  batches.startEpoch(order);
  const first = pass(batches);
  batches.startEpoch(order);
  expect(pass(batches)).not.toEqual(first);
  const again = make(20, { size: 20 });
  again.startEpoch(stream(1, "shuffle"));
  expect(pass(again)).toEqual(first);
});

it("S4-07: keeps the rows as they are without shuffling", () => {
  const batches = make(6, { size: 4, shuffle: false });
  batches.startEpoch(stream(1, "shuffle"));
  expect(pass(batches)).toEqual([
    [100, 101, 102, 103],
    [104, 105],
  ]);
});

it("updates once a row with batch size 1, and once an epoch with all rows", () => {
  expect(make(10, { size: 1 }).count).toBe(10);
  expect(make(10, { size: "full" }).count).toBe(1);
  expect(make(10, { size: 1000 }).count).toBe(1);
});

it("changes what it hands out, and never the rows themselves", () => {
  const rows = part(4);
  const before = rows.inputs.slice();
  const batches = new Batches(rows, [2], { size: 4, shuffle: false, augment: { noise: 1 } });
  const draw = stream(1, "augment");
  const first = batches.get(0, draw).inputs.slice();
  const second = batches.get(0, draw).inputs.slice();
  expect(first).not.toEqual(before);
  expect(second).not.toEqual(first);
  expect(rows.inputs).toEqual(before);
});

/** Losses of a batch, by the target of each row. */
const lossesOf = (targets: Float32Array, loss: (row: number) => number) =>
  Float32Array.from(targets, (target) => loss(target - 100));

/** Passes over 100 rows, with a loss for each; how often each row came after the first pass. */
function drawn(emphasis: BatchSettings["emphasis"], loss: (row: number) => number) {
  const batches = make(100, { size: 10, emphasis });
  const order = stream(1, "shuffle");
  const counts = new Uint32Array(100);
  for (let epoch = 1; epoch <= 400; epoch++) {
    batches.startEpoch(order);
    const seen: number[] = [];
    for (let i = 0; i < batches.count; i++) {
      const { targets } = batches.get(i, augment);
      for (const target of targets) seen.push(target - 100);
      batches.observe(i, lossesOf(targets, loss));
    }
    if (epoch === 1) expect(new Set(seen).size).toBe(100);
    else for (const row of seen) counts[row]!++;
  }
  return counts;
}

const sum = (counts: Uint32Array, from: number, to: number) =>
  counts.subarray(from, to).reduce((total, count) => total + count, 0);

it("S4-08: draws rows in proportion to their loss, after a first pass of each once", () => {
  // 20 rows of loss 4 and 80 of loss 1: they share the draws evenly.
  const counts = drawn({ power: 1, cap: 10 }, (row) => (row < 20 ? 4 : 1));
  expect(sum(counts, 0, 20) / 39_900).toBeCloseTo(0.5, 1);
});

it("S4-08: takes the loss to a power", () => {
  const counts = drawn({ power: 0.5, cap: 10 }, (row) => (row < 20 ? 4 : 1));
  expect(sum(counts, 0, 20) / 39_900).toBeCloseTo(40 / 120, 1);
});

it("S4-08: an outlier counts as at most the cap times the mean", () => {
  // The mean is 99.99: capped, the row weighs 1 where each of the 99 others weighs 1 / 99.99.
  const outlier = (row: number) => (row === 0 ? 9900 : 1);
  const capped = drawn({ power: 1, cap: 1 }, outlier);
  expect(capped[0]! / 39_900).toBeCloseTo(1 / (1 + 99 / 99.99), 1);
  const free = drawn({ power: 1, cap: 1e9 }, outlier);
  expect(free[0]! / 39_900).toBeGreaterThan(0.95);
});

it("S4-08: every row may still come, one without loss too", () => {
  const counts = drawn({ power: 1, cap: 10 }, (row) => (row < 50 ? 0 : 1));
  expect(sum(counts, 0, 50)).toBeGreaterThan(0);
  expect(sum(counts, 0, 50)).toBeLessThan(sum(counts, 50, 100) / 20);
});

it("draws evenly where losses say nothing", () => {
  for (const useless of [Number.NaN, 0, Number.POSITIVE_INFINITY]) {
    const counts = drawn({ power: 1, cap: 10 }, () => useless);
    expect(sum(counts, 0, 50) / 39_900).toBeCloseTo(0.5, 1);
  }
});

it("continues a pass in the middle, and draws the next one alike", () => {
  const settings: BatchSettings = { size: 4, emphasis: { power: 1, cap: 10 } };
  const order = stream(1, "shuffle");
  const one = make(20, settings);
  const step = (batches: Batches, i: number) => {
    const { targets } = batches.get(i, augment);
    batches.observe(
      i,
      lossesOf(targets, (row) => row),
    );
    return [...targets];
  };
  one.startEpoch(order);
  for (let i = 0; i < 2; i++) step(one, i);
  const state = structuredClone(one.state());
  const draws = order.state();

  const finish = (batches: Batches) => {
    order.restore(draws);
    const rest = [2, 3, 4].map((i) => step(batches, i));
    batches.startEpoch(order);
    return [...rest, ...pass(batches)];
  };
  const other = make(20, settings);
  other.restore(state);
  expect(finish(other)).toEqual(finish(one));
});

it("saves no losses without emphasis, and its state is a copy", () => {
  const batches = make(5, { size: 5, shuffle: true });
  const before = batches.state();
  expect(before).toEqual({ order: Uint32Array.of(0, 1, 2, 3, 4) });
  batches.observe(0, Float32Array.of(1, 2, 3, 4, 5));
  batches.startEpoch(stream(3, "shuffle"));
  expect(before.order).toEqual(Uint32Array.of(0, 1, 2, 3, 4));
  expect(batches.state().order).not.toEqual(before.order);
});
