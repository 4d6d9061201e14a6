/** TensorFlow's own library against the plain JavaScript kernels, where it is installed. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../../trainer/backends/index.ts";
import { locatePackage } from "../../../trainer/backends/locate.ts";

const PACKAGE = "@tensorflow/tfjs-node";
const installed = locatePackage(PACKAGE, process.cwd()).length > 0;
const because = installed
  ? ""
  : ` (skipped: ${PACKAGE} is not installed, VITALS_BACKENDS may name its folder)`;

/** Numbers between −2 and 2 that no two calls share. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => 2 * Math.sin((i + 1) * 12.9898 + seed * 78.233),
  );
}

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

/** The output and the gradient by every input, for an upstream gradient of ones times the output's own shape. */
function run(backend: string, op: Op, shapes: number[][], poison?: number): Float32Array[] {
  tf.setBackend(backend);
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => {
      const values = numbers(tf.util.sizeFromShape(shape), i);
      if (i === 0 && poison !== undefined) values[1] = poison;
      return tf.tensor(values, shape);
    });
    const output = op(...inputs);
    const upstream = tf.tensor(numbers(output.size, 9), output.shape);
    const gradients = tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.mul(op(...xs), upstream)))(inputs);
    return [output, ...gradients].map((tensor) => Float32Array.from(tensor.dataSync()));
  });
}

/** Largest difference over the largest value; a value that is finite on one side only counts as infinite. */
function distance(a: Float32Array, b: Float32Array): number {
  let worst = 0;
  let largest = 1e-30;
  a.forEach((value, i) => {
    const other = b[i]!;
    if (Object.is(value, other)) return;
    const gap = Math.abs(value - other);
    worst = Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap);
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  });
  return worst / largest;
}

const pool = (kind: typeof tf.maxPool, size: number, stride: number, pad: "same" | "valid") =>
  ((x: tf.Tensor) => kind(x as tf.Tensor4D, size, stride, pad)) as Op;
const conv = (stride: number, pad: "same" | "valid") =>
  ((x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad)) as Op;
const normalize: Op = (x, scale, offset) => {
  const { mean, variance } = tf.moments(x!, [...x!.shape.keys()].slice(0, -1));
  return tf.batchNorm(
    x as tf.Tensor4D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    1e-3,
  );
};
const PICTURE = [2, 9, 7, 3];
const TABLE = [5, 6];

const OPS: Record<string, [Op, number[][]]> = {
  "conv2d 1 same": [conv(1, "same"), [PICTURE, [3, 2, 3, 5]]],
  "conv2d 1 valid": [conv(1, "valid"), [PICTURE, [3, 3, 3, 5]]],
  "conv2d 2 same": [conv(2, "same"), [PICTURE, [3, 3, 3, 5]]],
  "conv2d 2 valid": [conv(2, "valid"), [PICTURE, [2, 3, 3, 5]]],
  "maxPool 2 same": [pool(tf.maxPool, 2, 2, "same"), [PICTURE]],
  "maxPool 3 over 2 valid": [pool(tf.maxPool, 3, 2, "valid"), [PICTURE]],
  "maxPool of negatives": [(x) => pool(tf.maxPool, 2, 2, "same")(tf.sub(x!, 5)), [PICTURE]],
  "avgPool 2 valid": [pool(tf.avgPool, 2, 2, "valid"), [PICTURE]],
  "global average": [(x) => tf.mean(x!, [1, 2]), [PICTURE]],
  relu: [(x) => tf.relu(x!), [TABLE]],
  leakyRelu: [(x) => tf.leakyRelu(x!, 0.01), [TABLE]],
  prelu: [(x, a) => tf.prelu(x!, a!), [TABLE, [6]]],
  selu: [(x) => tf.selu(x!), [TABLE]],
  gelu: [(x) => tf.mul(x!, tf.add(tf.mul(tf.erf(tf.mul(x!, Math.SQRT1_2)), 0.5), 0.5)), [TABLE]],
  swish: [(x) => tf.mul(x!, tf.sigmoid(x!)), [TABLE]],
  tanh: [(x) => tf.tanh(x!), [TABLE]],
  sigmoid: [(x) => tf.sigmoid(x!), [TABLE]],
  softmax: [(x) => tf.softmax(x!), [TABLE]],
  "log softmax": [(x) => tf.logSoftmax(x!), [TABLE]],
  "batch normalization of pictures": [normalize, [PICTURE, [3], [3]]],
  "matrix product": [(a, b) => tf.matMul(a!, b!), [TABLE, [6, 4]]],
  "matrix product, both transposed": [(a, b) => tf.matMul(a!, b!, true, true), [TABLE, [4, 5]]],
  "radial basis": [
    (x, c) => tf.exp(tf.neg(tf.sum(tf.square(tf.sub(tf.expandDims(x!, 1), c!)), 2))),
    [TABLE, [3, 6]],
  ],
  padding: [
    (x) =>
      tf.pad(x!, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    [PICTURE],
  ],
  transposition: [(x) => tf.transpose(x!, [0, 3, 1, 2]), [PICTURE]],
  rows: [(x) => tf.gather(x!, tf.tensor1d([0, 2, 2], "int32")), [TABLE]],
  "a bias": [(x, b) => tf.add(x!, b!), [PICTURE, [3]]],
};

describe.skipIf(!installed)(`native${because}`, () => {
  beforeAll(async () => {
    await startBackend("native", process.cwd());
  });

  it.each(Object.keys(OPS))("agrees with cpu: %s", (name) => {
    const [op, shapes] = OPS[name]!;
    const [expected, got] = [run("cpu", op, shapes), run("tensorflow", op, shapes)];
    expected.forEach((values, i) => {
      expect(got[i]).toHaveLength(values.length);
      expect(distance(values, got[i]!)).toBeLessThan(2e-6);
    });
  });

  it.each(Object.keys(OPS))("lets NaN through: %s", (name) => {
    const [op, shapes] = OPS[name]!;
    const [expected] = run("cpu", op, shapes, Number.NaN);
    const [got] = run("tensorflow", op, shapes, Number.NaN);
    expect(Array.from(got!, Number.isNaN)).toEqual(Array.from(expected!, Number.isNaN));
  });

  it("passes a NaN on in the gradient of ELU, and infinity through PReLU", () => {
    tf.setBackend("tensorflow");
    const gradient = tf.tidy(() =>
      tf
        .grad((x) => tf.sum(tf.elu(x)))(tf.tensor1d([-1, Number.NaN, 2]))
        .dataSync(),
    );
    expect(gradient[0]).toBeCloseTo(Math.exp(-1), 6);
    expect(gradient[1]).toBeNaN();
    expect(gradient[2]).toBe(1);
    const y = tf.tidy(() =>
      tf.prelu(tf.tensor1d([Number.POSITIVE_INFINITY, -4]), tf.tensor1d([0.5, 0.5])).dataSync(),
    );
    expect([...y]).toEqual([Number.POSITIVE_INFINITY, -2]);
  });

  // By finite differences; the cpu backend's own divides by the whole window.
  it("divides by the cells that exist in the gradient of padded average pooling", () => {
    tf.setBackend("tensorflow");
    const sum = (x: tf.Tensor) => tf.sum(pool(tf.avgPool, 2, 2, "same")(x));
    const gradient = tf.tidy(() =>
      tf
        .grad(sum)(tf.zeros([1, 3, 3, 1]))
        .dataSync(),
    );
    expect([...gradient]).toEqual([0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
  });

  it("keeps nothing of a step: neither tensors nor what they lie in", () => {
    tf.setBackend("tensorflow");
    const weights = tf.variable(tf.tensor(numbers(36, 1), [6, 6]));
    const x = tf.tensor(numbers(30, 2), TABLE);
    const step = () => {
      const loss = () => {
        const hidden = tf.relu(
          tf.matMul(tf.cast(x, "float32") as tf.Tensor2D, weights as tf.Tensor2D),
        );
        return tf.sum(tf.square(tf.reshape(tf.reshape(hidden, TABLE), [30]))) as tf.Scalar;
      };
      const { value, grads } = tf.variableGrads(loss, [weights]);
      tf.dispose([value, grads]);
      return [tf.memory().numTensors, tf.backend().numDataIds()];
    };
    const [first] = [step(), step()];
    for (let i = 0; i < 5; i++) expect(step()).toEqual(first);
    tf.dispose([weights, x]);
  });

  it("leaves the gradient of ReLU on other backends as it was", () => {
    tf.setBackend("cpu");
    const gradient = tf.grad((x) => tf.sum(tf.relu(x)))(tf.tensor1d([-1, 0, 2]));
    expect([...gradient.dataSync()]).toEqual([0, 0, 1]);
    gradient.dispose();
  });
});
