import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { forward, gradients, noise, useWasm } from "./both.ts";

beforeAll(useWasm);

it("keeps what a clone and a cast share until both are gone", () => {
  const x = tf.tensor1d([1, 2, 3]);
  const clone = tf.clone(x);
  const cast = tf.cast(x, "float32");
  x.dispose();
  expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  clone.dispose();
  expect([...cast.dataSync()]).toEqual([1, 2, 3]);
  const blocks = tf.backend().numDataIds();
  cast.dispose();
  expect(tf.backend().numDataIds()).toBe(blocks - 1);
});

it("still casts between types", () => {
  const whole = tf.cast(tf.tensor1d([1.7, -1.7, 0]), "int32");
  expect(whole.dataSync()).toEqual(Int32Array.of(1, -1, 0));
  expect(tf.cast(whole, "float32").dataSync()).toEqual(Float32Array.of(1, -1, 0));
});

const INPUTS = [[2, 9, 9, 3], [3, 3, 3, 4], [4], [64, 5], [5]].map((shape, i) =>
  noise(shape, 2 * i + 1),
);

/** Something of every kernel. */
function network(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  kernel: tf.Tensor2D,
  scale: tf.Tensor1D,
) {
  const fused = tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" });
  const mean = tf.mean(fused, [0, 1, 2]) as tf.Tensor1D;
  const normal = tf.batchNorm(tf.relu(fused), mean, tf.ones([4]), bias, tf.ones([4]));
  const pooled = tf.avgPool(tf.maxPool(normal as tf.Tensor4D, 2, 2, "same"), 2, 1, "valid");
  const flat = tf.reshape(pooled, [2, 64]) as tf.Tensor2D;
  const chosen = tf.gather(tf.fused.matMul({ a: flat, b: kernel, bias: scale }), [0, 1, 0]);
  return tf.mul(tf.tile(scale, [1]), chosen);
}

const step = () => [forward(network, INPUTS), ...gradients(network, INPUTS)];

it("frees all that a step takes", () => {
  step();
  const [blocks, tensors] = [tf.backend().numDataIds(), tf.memory().numTensors];
  for (let i = 0; i < 5; i++) step();
  expect(tf.backend().numDataIds()).toBe(blocks);
  expect(tf.memory().numTensors).toBe(tensors);
});

it("depends on nothing that lay in the memory before", () => {
  const clean = step();
  const rubbish = Array.from({ length: 300 }, (_, i) => tf.fill([8 << (i % 10)], Number.NaN));
  tf.dispose(rubbish);
  expect(step()).toEqual(clean);
});

it("goes on where the memory had to grow", () => {
  const before = tf.sum(tf.ones([4]));
  const large = tf.ones([3000, 5000]);
  expect(tf.sum(tf.relu(large)).dataSync()[0]).toBe(15_000_000);
  expect(
    tf
      .matMul(large, tf.ones([5000, 1]))
      .dataSync()
      .at(-1),
  ).toBe(5000);
  expect(before.dataSync()[0]).toBe(4);
  large.dispose();
});

it("is not completed twice", async () => {
  const kernel = tf.getKernel(tf.BatchMatMul, "wasm").kernelFunc;
  await tf.setBackend("cpu");
  await useWasm();
  expect(tf.getKernel(tf.BatchMatMul, "wasm").kernelFunc).toBe(kernel);
});
