/** What the layers are made of, kernel by kernel and composed. */

import * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import {
  broken,
  expectSame,
  forward,
  gradients,
  type Input,
  nanAt,
  noise,
  type Operation,
  useWasm,
} from "./both.ts";

beforeAll(useWasm);

type Unary = (x: tf.Tensor) => tf.Tensor;

const ACTIVATIONS: Record<string, Unary> = {
  relu: (x) => tf.relu(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.01),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  square: (x) => tf.square(x),
  exp: (x) => tf.exp(x),
};

describe.each(Object.entries(ACTIVATIONS))("%s", (_name, activation) => {
  // By vectors of four, with a rest, and of images.
  it.each([[[64, 8]], [[3, 7]], [[1]], [[2, 3, 3, 5]]])(
    "of %j is that of plain JavaScript",
    async (shape) => {
      await expectSame(activation, [noise(shape)]);
    },
  );

  it("passes NaN of either sign on, and leaves its neighbours alone", () => {
    const x = noise([3, 7]);
    for (const at of [0, 6, 20]) {
      expect(nanAt(forward(activation, [broken(x, at)]))).toEqual([at]);
      const positive = { ...x, values: x.values.with(at, Number.NaN) };
      expect(nanAt(forward(activation, [positive]))).toEqual([at]);
    }
  });

  it("passes NaN of the outgoing gradient back", () => {
    const dy = broken(noise([3, 7], 5), 9);
    const dx = tf.grad(activation)(
      tf.tensor(noise([3, 7]).values, [3, 7]),
      tf.tensor(dy.values, [3, 7]),
    );
    expect(nanAt(dx.dataSync() as Float32Array)).toEqual([9]);
  });

  it("takes infinities as plain JavaScript does", async () => {
    const x = broken(
      broken(noise([2, 4]), 1, Number.POSITIVE_INFINITY),
      6,
      Number.NEGATIVE_INFINITY,
    );
    const actual = forward(activation, [x]);
    await tf.setBackend("cpu");
    const wanted = forward(activation, [x]);
    await useWasm();
    expect(nanAt(actual)).toEqual(nanAt(wanted));
    for (const at of [1, 6]) {
      if (!Number.isNaN(wanted[at])) expect(actual[at]).toBeCloseTo(wanted[at]!, 6);
    }
  });
});

it("has the corner of ReLU at 0, where nothing flows", () => {
  const x: Input = {
    shape: [6],
    values: Float32Array.of(-1, -0, 0, 1e-45, 2, Number.NEGATIVE_INFINITY),
  };
  const y = forward(ACTIVATIONS["relu"]!, [x]);
  expect([...y]).toEqual([0, 0, 0, x.values[3], 2, 0]);
  const [dx] = gradients(ACTIVATIONS["relu"]!, [x]);
  expect([...dx!].map((value) => value !== 0)).toEqual([false, false, false, true, true, false]);
});

it("has a NaN for the slope of ReLU at a NaN", () => {
  for (const at of [1, 6]) {
    const [dx] = gradients(ACTIVATIONS["relu"]!, [broken(noise([7]), at)]);
    expect(nanAt(dx!)).toEqual([at]);
  }
});

const OPERATIONS: [string, number[][], Operation][] = [
  ["softmax", [[5, 7]], (x: tf.Tensor) => tf.softmax(x)],
  ["log-softmax", [[5, 7]], (x: tf.Tensor) => tf.logSoftmax(x)],
  ["PReLU of a unit", [[5, 7], [7]], (x: tf.Tensor, a: tf.Tensor) => tf.prelu(x, a)],
  ["PReLU of a channel", [[2, 3, 3, 4], [4]], (x: tf.Tensor, a: tf.Tensor) => tf.prelu(x, a)],
  ["global average", [[2, 5, 4, 3]], (x: tf.Tensor) => tf.mean(x, [1, 2])],
  ["layer normalisation", [[5, 7], [7], [7]], layerNormalization],
  ["layer normalisation of images", [[2, 3, 3, 5], [5], [5]], layerNormalization],
  ["Gaussian units", [[4, 3], [5, 3], [5]], gaussian],
  [
    "padding",
    [[2, 3, 3, 2]],
    (x: tf.Tensor) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [2, 1],
        [0, 0],
      ]),
  ],
  ["flattening", [[2, 3, 4]], (x: tf.Tensor) => tf.reshape(x, [2, 12])],
  ["transposition", [[2, 3, 4, 5]], (x: tf.Tensor) => tf.transpose(x, [2, 0, 3, 1])],
  ["rows by number", [[5, 3]], (x: tf.Tensor) => tf.gather(x, tf.tensor1d([4, 0, 0, 2], "int32"))],
  [
    "columns by number",
    [[5, 3]],
    (x: tf.Tensor) => tf.gather(x, tf.tensor1d([2, 0, 2], "int32"), 1),
  ],
  ["a row added", [[5, 7], [7]], (x: tf.Tensor, b: tf.Tensor) => tf.add(x, b)],
  ["a row added to images", [[2, 3, 3, 6], [6]], (x: tf.Tensor, b: tf.Tensor) => tf.add(b, x)],
  [
    "a row subtracted",
    [
      [5, 7],
      [1, 7],
    ],
    (x: tf.Tensor, b: tf.Tensor) => tf.sub(x, b),
  ],
  ["subtracted from a row", [[7], [5, 7]], (b: tf.Tensor, x: tf.Tensor) => tf.sub(b, x)],
  [
    "a row multiplied",
    [
      [1, 1, 5],
      [2, 3, 5],
    ],
    (b: tf.Tensor, x: tf.Tensor) => tf.mul(b, x),
  ],
  ["two rows", [[1, 5], [5]], (a: tf.Tensor, b: tf.Tensor) => tf.sub(tf.mul(a, b), tf.add(a, b))],
  [
    "a column added",
    [
      [5, 7],
      [5, 1],
    ],
    (x: tf.Tensor, b: tf.Tensor) => tf.add(x, b),
  ],
  [
    "a row and a column",
    [
      [1, 7],
      [5, 1],
    ],
    (a: tf.Tensor, b: tf.Tensor) => tf.add(a, b),
  ],
  [
    "a map added to images",
    [
      [2, 3, 3, 4],
      [3, 1, 4],
    ],
    (x: tf.Tensor, b: tf.Tensor) => tf.add(x, b),
  ],
  ["a number", [[5, 7], []], (x: tf.Tensor, b: tf.Tensor) => tf.mul(tf.add(x, b), tf.sub(x, b))],
  ["one column", [[5, 1], [1]], (x: tf.Tensor, b: tf.Tensor) => tf.add(x, b)],
  ["repetition of a row", [[1, 1, 6]], (x: tf.Tensor) => tf.tile(x, [2, 3, 1])],
  ["repetition of columns", [[2, 3]], (x: tf.Tensor) => tf.tile(x, [1, 2])],
  ["repetition of a number", [[1, 1]], (x: tf.Tensor) => tf.tile(x, [2, 3])],
  ["batch normalisation by given figures", [[6, 5], [5], [5], [5], [5]], normalization],
  ["the same of images", [[2, 3, 3, 5], [5], [5], [5], [5]], normalization],
  ["batch normalisation in training", [[6, 5], [5], [5]], batchNormalization(true)],
  ["the same of images in training", [[3, 4, 4, 6], [6], [6]], batchNormalization(true)],
  ["batch normalisation in evaluation", [[6, 5], [5], [5]], batchNormalization(false)],
  ["the same of images in evaluation", [[3, 4, 4, 6], [6], [6]], batchNormalization(false)],
];

it.each(OPERATIONS)("%s: that of plain JavaScript", async (_name, shapes, operation) => {
  await expectSame(
    operation,
    shapes.map((shape, i) => noise(shape, 2 * i + 1)),
  );
});

it.each(OPERATIONS)("%s: a NaN never vanishes", async (_name, shapes, operation) => {
  const inputs = shapes.map((shape, i) => noise(shape, 2 * i + 1));
  for (const [i, input] of inputs.entries()) {
    const spoiled = inputs.with(i, broken(input, 0));
    await tf.setBackend("cpu");
    const wanted = nanAt(forward(operation, spoiled));
    await useWasm();
    expect(nanAt(forward(operation, spoiled))).toEqual(expect.arrayContaining(wanted));
    expect(wanted.length).toBeGreaterThan(0);
  }
});

function layerNormalization(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gamma), beta);
}

/** exp(−‖x − c‖² / 2s²) */
function gaussian(x: tf.Tensor, centres: tf.Tensor, widths: tf.Tensor): tf.Tensor {
  const away = tf.sub(tf.expandDims(x, 1), tf.expandDims(centres, 0));
  const squares = tf.sum(tf.square(away), 2);
  return tf.exp(tf.neg(tf.div(squares, tf.mul(2, tf.add(tf.square(widths), 0.5)))));
}

function normalization(
  x: tf.Tensor,
  mean: tf.Tensor1D,
  deviation: tf.Tensor1D,
  offset: tf.Tensor1D,
  scale: tf.Tensor1D,
): tf.Tensor {
  return tf.batchNorm(x, mean, tf.square(deviation), offset, scale, 1e-5);
}

function batchNormalization(training: boolean): Operation {
  return (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const layer = layers.batchNormalization({});
    layer.build([null, ...x.shape.slice(1)]);
    Object.assign(layer, { gamma: { read: () => gamma }, beta: { read: () => beta } });
    return layer.call(x, { training }) as tf.Tensor;
  };
}
