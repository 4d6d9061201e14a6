import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { broken, expectNumeric, expectSame, forward, nanAt, noise, useWasm } from "./both.ts";

type Pad = Parameters<typeof tf.conv2d>[3];

interface Case {
  images: [number, number, number, number];
  kernel: [number, number];
  filters: number;
  strides: number | [number, number];
  pad: Pad;
}

const CASES: Case[] = [
  { images: [3, 8, 8, 1], kernel: [3, 3], filters: 8, strides: 1, pad: "valid" },
  { images: [3, 9, 5, 3], kernel: [3, 3], filters: 5, strides: 1, pad: "same" },
  { images: [2, 7, 6, 4], kernel: [2, 2], filters: 9, strides: 1, pad: "same" },
  { images: [2, 7, 7, 2], kernel: [3, 3], filters: 4, strides: 2, pad: "valid" },
  { images: [2, 8, 7, 2], kernel: [3, 3], filters: 4, strides: 2, pad: "same" },
  { images: [2, 8, 6, 3], kernel: [3, 2], filters: 1, strides: [2, 1], pad: "same" },
  { images: [2, 6, 9, 3], kernel: [2, 5], filters: 4, strides: [1, 3], pad: "valid" },
  { images: [2, 9, 9, 2], kernel: [2, 2], filters: 3, strides: 3, pad: "valid" },
  { images: [2, 8, 8, 8], kernel: [1, 1], filters: 16, strides: 1, pad: "valid" },
  { images: [2, 6, 7, 2], kernel: [3, 3], filters: 3, strides: 2, pad: 1 },
  {
    images: [2, 6, 5, 2],
    kernel: [3, 2],
    filters: 3,
    strides: 1,
    pad: [
      [0, 0],
      [0, 2],
      [3, 1],
      [0, 0],
    ],
  },
];

/** Where the stride steps over the image's end, so that the padding "same" has nothing to add. */
const OVER_THE_END: Case[] = [
  { images: [2, 8, 7, 4], kernel: [1, 1], filters: 8, strides: 2, pad: "same" },
  { images: [2, 9, 5, 3], kernel: [2, 5], filters: 4, strides: 3, pad: "same" },
  { images: [1, 1, 3, 1], kernel: [2, 1], filters: 1, strides: [1, 4], pad: "same" },
];

beforeAll(useWasm);

const convolution =
  ({ strides, pad }: Case) =>
  (x: tf.Tensor4D, filter: tf.Tensor4D) =>
    tf.conv2d(x, filter, strides, pad);

const inputs = ({ images, kernel, filters }: Case) => [
  noise(images),
  noise([...kernel, images[3], filters], 3),
];

const name = ({ images, kernel, filters, strides, pad }: Case) =>
  `${images} by ${kernel} to ${filters}, strides ${strides}, padding ${pad}`;

describe.each([...CASES, ...OVER_THE_END].map((each) => [name(each), each] as const))(
  "%s",
  (_name, each) => {
    it("is that of plain JavaScript, and so are its gradients", async () => {
      await expectSame(convolution(each), inputs(each));
    });

    it("has the numeric gradients", () => {
      expectNumeric(convolution(each), inputs(each));
    });
  },
);

it("adds a bias to each channel", async () => {
  const layer = (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D) =>
    tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" });
  await expectSame(layer, [noise([2, 6, 5, 3]), noise([3, 3, 3, 6], 3), noise([6], 5)]);
});

it("spoils what a NaN in an image is seen by, and no other image", () => {
  const x = broken(noise([2, 5, 5, 2]), 50 + (2 * 5 + 2) * 2);
  const seen = (pad: Pad) =>
    nanAt(
      forward(
        (a: tf.Tensor4D, b: tf.Tensor4D) => tf.conv2d(a, b, 1, pad),
        [x, noise([3, 3, 2, 1], 3)],
      ),
    );
  expect(seen("valid")).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17]);
  expect(seen("same")).toEqual([31, 32, 33, 36, 37, 38, 41, 42, 43]);
});

it("spoils the channel of a NaN in a filter", () => {
  const filter = broken(noise([3, 3, 2, 4], 3), 4 * 4 * 2 + 2);
  const y = forward(
    (a: tf.Tensor4D, b: tf.Tensor4D) => tf.conv2d(a, b, 1, "valid"),
    [noise([1, 5, 5, 2]), filter],
  );
  expect(nanAt(y)).toEqual(Array.from({ length: 9 }, (_, i) => i * 4 + 2));
});

it("carries a NaN of the outgoing gradient to filter and image", () => {
  const nan = tf.tensor4d(broken(noise([1, 3, 3, 2]), 3).values, [1, 3, 3, 2]);
  const [byImage, byFilter] = tf.grads((x, w) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "valid"),
  )([tf.ones([1, 5, 5, 1]), tf.ones([3, 3, 1, 2])], nan);
  expect(nanAt(byImage!.dataSync() as Float32Array)).toEqual([1, 2, 3, 6, 7, 8, 11, 12, 13]);
  const second = Array.from({ length: 9 }, (_, i) => i * 2 + 1);
  expect(nanAt(byFilter!.dataSync() as Float32Array)).toEqual(second);
});
