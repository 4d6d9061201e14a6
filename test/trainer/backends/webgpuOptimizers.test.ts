import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeOptimizer } from "../../../recipe/schema.ts";
import type { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { DeviceOptimizer } from "../../../trainer/backends/webgpu/optimizer.ts";
import { Results } from "../../../trainer/backends/webgpu/results.ts";
import { type Parameter, parameter } from "../../../trainer/model/parameter.ts";
import { startSoftwareGpu, whyNoWebgpu } from "./softwareGpu.ts";

const COUNT = 300;
const START = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i * 1.7));
/** Of cᵢ (wᵢ − 1)⁴ / 4 with curvatures over two orders of magnitude, and some noise. */
const gradientAt = (w: number, i: number, step: number) =>
  (0.01 + i / COUNT) * (w - 1) ** 3 + 0.1 * Math.sin(i + step);

/** The textbook for one weight, in 64 bits. */
interface Formula {
  /** Where the gradient is taken; at the weight itself if absent. */
  at?(w: number, memory: number[]): number;
  /** @returns the next weight */
  next(w: number, memory: number[], g: number, lr: number, t: number): number;
}

const sgd: Formula = { next: (w, _, g, lr) => w - lr * g };
const classic: Formula = {
  next(w, m, g, lr) {
    m[0] = 0.9 * (m[0] ?? 0) - lr * g;
    return w + m[0];
  },
};
const nesterov: Formula = { ...classic, at: (w, m) => w + 0.9 * (m[0] ?? 0) };
const torch: Formula = {
  next(w, m, g, lr) {
    m[0] = 0.9 * (m[0] ?? 0) + g;
    return w - lr * m[0];
  },
};
const rmsprop: Formula = {
  next(w, m, g, lr) {
    m[0] = 0.9 * (m[0] ?? 0) + 0.1 * g * g;
    return w - (lr * g) / (Math.sqrt(m[0]) + 1e-8);
  },
};
const adagrad: Formula = {
  next(w, m, g, lr) {
    m[0] = (m[0] ?? 0) + g * g;
    return w - (lr * g) / (Math.sqrt(m[0]) + 1e-10);
  },
};
const adadelta: Formula = {
  next(w, m, g, lr) {
    m[0] = 0.95 * (m[0] ?? 0) + 0.05 * g * g;
    const step = Math.sqrt(((m[1] ?? 0) + 1e-6) / (m[0] + 1e-6)) * g;
    m[1] = 0.95 * (m[1] ?? 0) + 0.05 * step * step;
    return w - lr * step;
  },
};
const adamw = (decay: number): Formula => ({
  next(w, m, g, lr, t) {
    m[0] = 0.9 * (m[0] ?? 0) + 0.1 * g;
    m[1] = 0.999 * (m[1] ?? 0) + 0.001 * g * g;
    const mean = m[0] / (1 - 0.9 ** t);
    const square = m[1] / (1 - 0.999 ** t);
    return w - (lr * mean) / (Math.sqrt(square) + 1e-8) - lr * decay * w;
  },
});

const RULES: [name: string, recipe: RecipeOptimizer, formula: Formula][] = [
  ["sgd", { type: "sgd", learningRate: 0.05 }, sgd],
  ["classic momentum", { type: "sgd", learningRate: 0.01, momentum: 0.9 }, classic],
  [
    "torch momentum",
    { type: "sgd", learningRate: 0.01, momentum: 0.9, momentumForm: "torch" },
    torch,
  ],
  ["nesterov", { type: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: true }, nesterov],
  ["rmsprop", { type: "rmsprop", learningRate: 0.001 }, rmsprop],
  ["adam", { type: "adam", learningRate: 0.003 }, adamw(0)],
  ["adamw", { type: "adamw", learningRate: 0.003, weightDecay: 0.05 }, adamw(0.05)],
  ["adagrad", { type: "adagrad", learningRate: 0.05 }, adagrad],
  ["adadelta", { type: "adadelta", learningRate: 1 }, adadelta],
];

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = (await startSoftwareGpu()).gpu;
  });

  /** One parameter and its optimizer. */
  function prepare(recipe: RecipeOptimizer, start: Float32Array, how: Partial<Parameter> = {}) {
    const made = parameter("w", tf.variable(tf.tensor(start)), start, how);
    const results = new Results(gpu);
    const optimizer = new DeviceOptimizer(gpu, results, recipe, [made]);
    const [device] = optimizer.parameters;
    return {
      step(gradient: Float32Array, learningRate = recipe.learningRate!) {
        results.begin(0);
        optimizer.begin(learningRate);
        const tensor = tf.tensor(gradient);
        optimizer.step([tensor]);
        tensor.dispose();
      },
      squares: async () => optimizer.squares(await results.read())[0]!,
      weights: () => device!.values(),
      /** What the network computes with while it trains. */
      shown: async () => new Float32Array(await gpu.read(device!.shown)),
    };
  }

  it.each(RULES)("%s is the formula over 1,000 steps, within 5e-6", async (_, recipe, formula) => {
    const { step, weights, shown } = prepare(recipe, START);
    const exact = Float64Array.from(START);
    const memories = Array.from(exact, (): number[] => []);
    const points = () => exact.map((w, i) => formula.at?.(w, memories[i]!) ?? w);
    for (let t = 1; t <= 1000; t++) {
      // The rate changes on the way: there the two forms of momentum part.
      const lr = recipe.learningRate! / (t <= 500 ? 1 : 2);
      const gradient = Float32Array.from(points(), (w, i) => gradientAt(w, i, t));
      step(gradient, lr);
      for (const [i, w] of exact.entries()) {
        exact[i] = formula.next(w, memories[i]!, gradient[i]!, lr, t);
      }
    }
    expect(farthest(await weights(), exact)).toBeLessThan(5e-6);
    expect(farthest(await shown(), points())).toBeLessThan(5e-6);
  });

  it("measures gradient, weights before, and update in the same pass", async () => {
    const count = 10_000;
    const start = Float32Array.from({ length: count }, (_, i) => Math.cos(i));
    const gradient = Float32Array.from({ length: count }, (_, i) => Math.sin(i * i));
    const { step, squares, weights } = prepare({ type: "adam", learningRate: 0.01 }, start);
    step(gradient);
    const measured = await squares();
    const after = await weights();
    expect(measured.gradient).toBeCloseTo(sumOfSquares(gradient), 1);
    expect(measured.clipped).toBe(measured.gradient);
    expect(measured.weights).toBeCloseTo(sumOfSquares(start), 1);
    const update = sumOfSquares(after.map((w, i) => w - start[i]!));
    expect(measured.update / update).toBeCloseTo(1, 4);
  });

  it.each([1e-25, 1e25])(
    "measures gradients of %d, whose squares 32 bits do not hold",
    async (g) => {
      const { step, squares } = prepare(
        { type: "sgd", learningRate: 1e-30 },
        Float32Array.of(0, 0),
      );
      step(Float32Array.of(3 * g, 4 * g));
      const { gradient, update } = await squares();
      expect(Math.sqrt(gradient) / (5 * g)).toBeCloseTo(1, 6);
      // What is below 1.2e-38 is 0 in the weights as well.
      expect(Math.sqrt(update)).toBeCloseTo(g > 1 ? 5e-5 : 0, 10);
    },
  );

  it("lets NaN and infinity through, each in its own place", async () => {
    for (const type of ["sgd", "rmsprop", "adam"] as const) {
      const start = Float32Array.of(1, 1, 1, 1);
      const { step, squares, weights } = prepare({ type, learningRate: 0.1 }, start);
      step(Float32Array.of(0, Number.NaN, 1, Number.POSITIVE_INFINITY));
      const [still, broken, moved, infinite] = await weights();
      expect([still, broken], type).toEqual([1, Number.NaN]);
      expect(moved, type).toBeLessThan(1);
      // In Adam and RMSProp infinity is divided by infinity.
      expect(infinite, type).toBe(type === "sgd" ? Number.NEGATIVE_INFINITY : Number.NaN);
      expect(await squares(), type).toMatchObject({ gradient: Number.NaN, clipped: Number.NaN });
    }
  });

  it("takes denormal numbers for what they are or for 0", async () => {
    const start = Float32Array.of(1e-40, 1);
    const { step, weights } = prepare({ type: "adam", learningRate: 0.1 }, start);
    step(Float32Array.of(0, 1e-40));
    const [tiny, one] = await weights();
    expect(Math.abs(tiny!)).toBeLessThanOrEqual(1.0001e-40);
    // Adam's first step is the rate times g / (|g| + ε): nothing.
    expect(one).toBe(1);
  });

  it("pulls by l1 and l2 as the host does, and learns at the parameter's own rate", async () => {
    const recipe: RecipeOptimizer = { type: "sgd", learningRate: 0.5 };
    const start = Float32Array.of(2, -3, 0);
    const { step, squares, weights } = prepare(recipe, start, { l1: 0.25, l2: 0.125, rate: 0.5 });
    step(Float32Array.of(1, 1, 1));
    // g + l1 · sign(w) + 2 · l2 · w = 1.75, 0, 1
    expect(await weights()).toEqual(Float32Array.of(2 - 0.4375, -3, -0.25));
    expect((await squares()).gradient).toBe(1.75 ** 2 + 1);
  });

  it("clips by value as in the lesson, and leaves NaN (S3-18)", async () => {
    const recipe: RecipeOptimizer = { type: "sgd", learningRate: 1, clipValue: 3 };
    const { step, squares, weights } = prepare(recipe, new Float32Array(6));
    step(Float32Array.of(3, -4, 1.5, -2.5, Number.NEGATIVE_INFINITY, Number.NaN));
    expect(await weights()).toEqual(Float32Array.of(-3, 3, -1.5, 2.5, 3, Number.NaN));
    expect(await squares()).toMatchObject({ gradient: Number.NaN, clipped: Number.NaN });
  });

  it("clips by norm as in the lesson: 0.5183 of a norm of 5.788 (S3-33)", async () => {
    const recipe: RecipeOptimizer = { type: "sgd", learningRate: 1, clipNorm: 3 };
    const { step, squares, weights } = prepare(recipe, new Float32Array(4));
    step(Float32Array.of(3, -4, 1.5, -2.5));
    const clipped = [-1.5549632, 2.0732842, -0.7774816, 1.2958026];
    expect(farthest(await weights(), Float64Array.from(clipped))).toBeLessThan(1e-6);
    const measured = await squares();
    expect(Math.sqrt(measured.gradient)).toBeCloseTo(5.787918, 5);
    expect(Math.sqrt(measured.clipped)).toBeCloseTo(3, 6);
  });

  it("changes not one bit with a clip that is not reached, and all with a norm of NaN", async () => {
    const gradient = START.map((w) => w / 3);
    const stepped = async (clips: { clipNorm?: number; clipValue?: number }) => {
      const { step, weights } = prepare({ type: "adam", learningRate: 0.1, ...clips }, START);
      step(gradient);
      return weights();
    };
    expect(await stepped({ clipNorm: 1e6, clipValue: 1e6 })).toEqual(await stepped({}));
    const broken = prepare({ type: "sgd", learningRate: 0.1, clipNorm: 1 }, Float32Array.of(1, 1));
    broken.step(Float32Array.of(1, Number.NaN));
    expect(await broken.weights()).toEqual(Float32Array.of(Number.NaN, Number.NaN));
  });

  it.each([1e-30, 1e30])("clips gradients of %d by their norm", async (g) => {
    const recipe: RecipeOptimizer = { type: "sgd", learningRate: 1, clipNorm: g };
    const { step, weights } = prepare(recipe, Float32Array.of(0, 0));
    step(Float32Array.of(3 * g, -4 * g));
    const [a, b] = await weights();
    expect(a! / g).toBeCloseTo(-0.6, 6);
    expect(b! / g).toBeCloseTo(0.8, 6);
  });
});

function farthest(ours: Float32Array, exact: Float64Array): number {
  return ours.reduce((max, w, i) => Math.max(max, Math.abs(w - exact[i]!)), 0);
}

function sumOfSquares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
