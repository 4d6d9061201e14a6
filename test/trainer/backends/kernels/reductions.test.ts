import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { broken, expectSame, forward, nanAt, noise, useWasm } from "./both.ts";

beforeAll(useWasm);

const AXES = [[0], [1], [3], [0, 1], [1, 2], [2, 3], [0, 1, 2], [0, 2], [0, 1, 2, 3]];

describe.each(AXES.map((axes) => [axes.join(", "), axes] as const))(
  "over axes %s",
  (_name, axes) => {
    const x = noise([3, 4, 5, 6]);

    it("has the sums and means of plain JavaScript", async () => {
      for (const keep of [false, true]) {
        await expectSame((t: tf.Tensor) => tf.sum(t, axes, keep), [x]);
        await expectSame((t: tf.Tensor) => tf.mean(t, axes, keep), [x]);
      }
    });

    it("makes NaN of one sum, that with the NaN", () => {
      expect(nanAt(forward((t: tf.Tensor) => tf.sum(t, axes), [broken(x, 217)]))).toHaveLength(1);
      expect(nanAt(forward((t: tf.Tensor) => tf.mean(t, axes), [broken(x, 217)]))).toHaveLength(1);
    });
  },
);

it("adds up 700,000 numbers without a drift, to one number and to a row", () => {
  const rows = 700_000;
  const shape = [rows / 5, 5];
  const x = { shape, values: new Float32Array(rows).fill(0.1) };
  const tenth = Math.fround(0.1);
  const [total] = forward((t: tf.Tensor) => tf.sum(t), [x]);
  expect(total! / (rows * tenth)).toBeCloseTo(1, 7);
  for (const mean of forward((t: tf.Tensor) => tf.mean(t, 0), [x])) {
    expect(mean / tenth).toBeCloseTo(1, 7);
  }
});

it("adds up whole numbers and truth values as before", () => {
  expect(tf.sum(tf.tensor1d([1, 2, 3], "int32")).dataSync()).toEqual(Int32Array.of(6));
  expect(tf.sum(tf.tensor1d([true, false, true], "bool")).dataSync()).toEqual(Int32Array.of(2));
});
