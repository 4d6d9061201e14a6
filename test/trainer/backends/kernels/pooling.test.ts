import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  broken,
  difference,
  expectNumeric,
  expectSame,
  forward,
  gradients,
  type Input,
  nanAt,
  noise,
  ROUNDING,
  useWasm,
} from "./both.ts";

type Pair = number | [number, number];
type Pad = "valid" | "same" | number;
interface Case {
  images: [number, number, number, number];
  window: Pair;
  strides: Pair;
  pad: Pad;
}

/** Channels by the vector of four, one by one, and both. */
const CASES: Case[] = [
  { images: [2, 8, 8, 8], window: 2, strides: 2, pad: "valid" },
  { images: [2, 7, 9, 1], window: 2, strides: 2, pad: "same" },
  { images: [2, 7, 6, 3], window: 3, strides: 2, pad: "valid" },
  { images: [2, 7, 7, 5], window: 3, strides: 1, pad: "same" },
  { images: [2, 8, 5, 6], window: [3, 2], strides: [2, 1], pad: "same" },
  { images: [2, 9, 9, 2], window: [2, 3], strides: 3, pad: "same" },
  { images: [2, 6, 6, 4], window: 3, strides: 2, pad: 1 },
  { images: [2, 5, 5, 4], window: 1, strides: 2, pad: "valid" },
];

beforeAll(useWasm);

const maximum =
  ({ window, strides, pad }: Case) =>
  (x: tf.Tensor4D) =>
    tf.maxPool(x, window, strides, pad);
const average =
  ({ window, strides, pad }: Case) =>
  (x: tf.Tensor4D) =>
    tf.avgPool(x, window, strides, pad);

const name = ({ images, window, strides, pad }: Case) =>
  `${images}, window ${window}, strides ${strides}, padding ${pad}`;

describe.each(CASES.map((each) => [name(each), each] as const))("%s", (_name, each) => {
  const x = noise(each.images);

  it("has the maxima of plain JavaScript and their gradients, below zero too", async () => {
    await expectSame(maximum(each), [x]);
    await expectSame(maximum(each), [{ ...x, values: x.values.map((value) => value - 5) }]);
  });

  it("has the averages of plain JavaScript and the numeric gradients", async () => {
    const actual = forward(average(each), [x]);
    await tf.setBackend("cpu");
    const wanted = forward(average(each), [x]);
    await useWasm();
    expect(difference(actual, wanted)).toBeLessThan(ROUNDING);
    expectNumeric(average(each), [x]);
  });
});

const row = (...values: number[]): Input => ({
  shape: [1, 1, values.length, 1],
  values: Float32Array.from(values),
});
const pairs = (x: tf.Tensor4D) => tf.maxPool(x, [1, 2], [1, 2], "valid");
const threes = (x: tf.Tensor4D) => tf.maxPool(x, [1, 3], 1, "valid");
const weights = noise([4], 7).values;

it("sends the gradient to the first of equal maxima", () => {
  const [dx] = gradients(pairs, [row(3, 3, -1, -1, 0, -0, -2, 5)]);
  expect([...dx!]).toEqual([weights[0], 0, weights[1], 0, weights[2], 0, 0, weights[3]]);
});

it("does so in each of four channels at once", () => {
  const x = Float32Array.of(3, -1, 0, -2, 3, -1, -0, 5);
  const [dx] = gradients(pairs, [{ shape: [1, 1, 2, 4], values: x }]);
  expect([...dx!]).toEqual([weights[0], weights[1], weights[2], 0, 0, 0, 0, weights[3]]);
});

it("adds up where windows share their maximum", () => {
  const [dx] = gradients(threes, [row(-3, -2, -1, -2)]);
  expect(dx![2]).toBeCloseTo(weights[0]! + weights[1]!, 6);
});

it.each([1, 4, 5])("takes NaN for the maximum, forward and back, of %i channels", (channels) => {
  const x = broken(noise([1, 2, 4, channels]), 5 * channels);
  expect(nanAt(forward(maximum(CASES[0]!), [x]))).toEqual([0]);
  const dx = tf.grad((t) => tf.maxPool(t as tf.Tensor4D, 2, 2, "valid"))(
    tf.tensor(x.values, x.shape),
    tf.ones([1, 1, 2, channels]),
  );
  const values = dx.dataSync();
  // Of the first channel's first window, all goes to the NaN.
  const window = [0, 1, 4, 5].map((pixel) => values[pixel * channels]);
  expect(window).toEqual([0, 0, 0, 1]);
});

it("takes −∞ for a number", () => {
  const low = Number.NEGATIVE_INFINITY;
  expect([...forward(pairs, [row(low, -4, low, low)])]).toEqual([-4, low]);
});

it("lets NaN and ∞ − ∞ into an average", () => {
  const x = row(1, Number.NaN, 1, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  const y = forward((t: tf.Tensor4D) => tf.avgPool(t, [1, 2], [1, 2], "valid"), [x]);
  expect(y).toEqual(Float32Array.of(Number.NaN, 1.5, Number.NaN));
});

it("divides an edge's gradient by what was averaged there", () => {
  const same = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 2, 2, "same");
  const dx = tf.grad(same)(tf.ones([1, 3, 3, 1]), tf.ones([1, 2, 2, 1]));
  expect([...dx.dataSync()]).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
});
