import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { startSoftwareGpu, whyNoWebgpu } from "./softwareGpu.ts";

const { NaN: NAN, POSITIVE_INFINITY: INF } = Number;

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = (await startSoftwareGpu()).gpu;
  });

  const read = async (tensor: tf.Tensor) => new Float32Array(await gpu.read(gpu.bufferOf(tensor)));
  const waves = (length: number, wave: (i: number) => number = (i) => Math.sin(i * i + 1)) =>
    Float32Array.from({ length }, (_, i) => wave(i));

  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };
  const FUNCTIONS: [
    name: string,
    ours: (x: tf.Tensor) => tf.Tensor,
    exact: (x: number) => number,
  ][] = [
    ["exp", tf.exp, Math.exp],
    ["sigmoid", tf.sigmoid, sigmoid],
    ["tanh", tf.tanh, Math.tanh],
    ["elu", tf.elu, (x) => (x > 0 ? x : Math.expm1(x))],
    ["selu", tf.selu, (x) => SELU.scale * (x > 0 ? x : SELU.alpha * Math.expm1(x))],
  ];

  it.each(FUNCTIONS)("computes %s to 3e-6 of itself, however small", async (_, ours, exact) => {
    const sizes = [1e-30, 1e-10, 1e-5, 1e-3, 0.1, 0.17, 0.3499, 0.3501, 0.7, 1, 3, 10, 20];
    const x = Float32Array.from(sizes.flatMap((size) => [size, -size]));
    for (const [i, y] of (await read(ours(tf.tensor(x)))).entries()) {
      expect(y / exact(x[i]!), `of ${x[i]}`).toBeCloseTo(1, 5);
      expect(Math.abs(y / exact(x[i]!) - 1), `of ${x[i]}`).toBeLessThan(3e-6);
    }
  });

  it.each(FUNCTIONS)("lets NaN of either sign and infinity through %s", async (_, ours, exact) => {
    const x = Float32Array.of(NAN, NAN, INF, -INF, 0);
    new Uint32Array(x.buffer)[1] = 0xffc0_0000;
    expect(await read(ours(tf.tensor(x)))).toEqual(x.map(exact));
  });

  it.each(FUNCTIONS)("lets NaN through the gradient of %s", async (_, ours, exact) => {
    const x = Float32Array.of(NAN, 0.5, -0.5);
    const [broken, ...others] = await read(tf.grad(ours)(tf.tensor(x)));
    expect(broken).toBeNaN();
    for (const [i, slope] of others.entries()) {
      const at = x[i + 1]!;
      expect(slope).toBeCloseTo((exact(at + 1e-6) - exact(at - 1e-6)) / 2e-6, 5);
    }
  });

  /** Maximum and gradient the plain way: NaN beats any number, the first of equals the others. */
  function maxPool(
    x: Float32Array,
    [h, w, c]: number[],
    size: number,
    stride: number,
    pad: number,
    out: number[],
  ) {
    const [rows, columns] = out as [number, number];
    const y = new Float32Array(2 * rows * columns * c!);
    const dx = new Float32Array(x.length);
    for (let i = 0; i < y.length; i++) {
      const channel = i % c!;
      const column = Math.floor(i / c!) % columns;
      const row = Math.floor(i / c! / columns) % rows;
      const image = Math.floor(i / c! / columns / rows);
      let best = -1;
      for (let r = row * stride - pad; r < row * stride - pad + size; r++) {
        for (let k = column * stride - pad; k < column * stride - pad + size; k++) {
          if (r < 0 || k < 0 || r >= h! || k >= w!) continue;
          const at = ((image * h! + r) * w! + k) * c! + channel;
          const wins = best < 0 || x[at]! > x[best]! || Number.isNaN(x[at]);
          if (wins && !(best >= 0 && Number.isNaN(x[best]))) best = at;
        }
      }
      y[i] = x[best]!;
      dx[best]! += i + 1;
    }
    return { y, dx };
  }

  it.each<[padding: "valid" | "same", size: number, stride: number, pad: number, out: number[]]>([
    ["valid", 2, 2, 0, [3, 4]],
    ["valid", 3, 1, 0, [5, 7]],
    ["valid", 2, 3, 0, [2, 3]],
    ["same", 3, 1, 1, [7, 9]],
    ["same", 3, 2, 1, [4, 5]],
  ])(
    "pools %s windows of %d, %d apart, and their gradient",
    async (padding, size, stride, pad, out) => {
      const shape: [number, number, number, number] = [2, 7, 9, 3];
      const count = shape.reduce((a, b) => a * b);
      const inputs = {
        // Beyond what TensorFlow.js starts its maximum at.
        negative: waves(count, (i) => -1e25 * (2 + Math.sin(i * i))),
        equals: waves(count, (i) => Math.round(Math.sin(i * i))),
        broken: waves(count, (i) => (i % 23 === 0 ? NAN : Math.sin(i * i))),
      };
      for (const [name, x] of Object.entries(inputs)) {
        const expected = maxPool(x, shape.slice(1), size, stride, pad, out);
        const pool = (images: tf.Tensor4D) => tf.maxPool(images, size, stride, padding);
        const images = tf.tensor4d(x, shape);
        expect(await read(pool(images)), name).toEqual(expected.y);
        const dy = tf.tensor(
          waves(expected.y.length, (i) => i + 1),
          [2, ...out, 3],
        );
        const dx = tf.grad((y) => pool(y as tf.Tensor4D))(images, dy);
        expect(await read(dx), name).toEqual(expected.dx);
      }
    },
  );

  it.each([
    [40, 2500, 24],
    [6, 2100, 40],
    [3, 2100, 3],
  ])("sums a product %d × %d × %d in the same order each time", async (rows, length, columns) => {
    const a = waves(rows * length);
    const b = waves(length * columns, (i) => Math.cos(i * i));
    const product = () =>
      read(
        tf.matMul(tf.tensor2d(a, [rows, length]), tf.tensor2d(b, [columns, length]), false, true),
      );
    const first = await product();
    for (const [row, column] of [
      [0, 0],
      [rows - 1, columns - 1],
    ] as const) {
      let exact = 0;
      for (let i = 0; i < length; i++) exact += a[row * length + i]! * b[column * length + i]!;
      expect(first[row * columns + column]! / exact).toBeCloseTo(1, 5);
    }
    for (let i = 0; i < 5; i++) expect(await product()).toEqual(first);
  });
});
