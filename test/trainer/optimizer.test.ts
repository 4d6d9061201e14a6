import * as tf from "@tensorflow/tfjs-core";
// Brings the gradients of every kernel with it.
import "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import type { Backend } from "../../trainer/backends/backend.ts";
import { startBackend } from "../../trainer/backends/index.ts";
import type { Parameter } from "../../trainer/model/parameter.ts";
import { updateRule } from "../../trainer/optimizers/index.ts";
import { Optimizer } from "../../trainer/optimizers/optimizer.ts";

const COUNT = 40;
const start = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i * 1.7));
/** Σ cᵢ (wᵢ − 1)⁴ / 4 with curvatures over two orders of magnitude. */
const loss = (w: tf.Tensor) =>
  tf.sum(tf.mul(tf.pow(tf.sub(w, 1), 4), tf.linspace(0.01, 1, COUNT))) as tf.Scalar;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend("wasm");
});

/** The real weights after that many steps of ours. */
function ours(recipe: RecipeOptimizer, steps: number, l2 = 0) {
  const variable = tf.variable(tf.tensor1d(start));
  const parameter: Parameter = { name: "w", shape: [COUNT], l2, values: start.slice(), variable };
  const optimizer = new Optimizer(updateRule(recipe), recipe, [parameter], backend);
  for (let i = 0; i < steps; i++) {
    const { value, grads } = tf.variableGrads(() => loss(variable), [variable]);
    optimizer.step([grads[variable.name]!]);
    tf.dispose([value, ...Object.values(grads)]);
  }
  return { parameter, optimizer };
}

function theirs(optimizer: tf.Optimizer, steps: number): Float32Array {
  const variable = tf.variable(tf.tensor1d(start));
  for (let i = 0; i < steps; i++) optimizer.minimize(() => loss(variable), false, [variable]);
  return variable.dataSync() as Float32Array;
}

function expectClose(ours: Float32Array, theirs: Float32Array, tolerance: number) {
  ours.forEach((value, i) => {
    expect(Math.abs(value - theirs[i]!), `element ${i}`).toBeLessThan(tolerance);
  });
}

// TensorFlow.js adds epsilon to the root of the uncorrected second moment, the paper to the corrected one: with
// gradients far above epsilon the difference is below what 32 bits keep over 50 steps.
it("goes with tf.train.adam for 50 steps, within 2e-5", () => {
  const { parameter } = ours({ type: "adam", learningRate: 0.01 }, 50);
  const same = tf.train.adam(0.01, 0.9, 0.999, 1e-8);
  expectClose(parameter.values, theirs(same, 50), 2e-5);
});

it("goes with tf.train.sgd and tf.train.momentum for 50 steps, within 1e-5", () => {
  const plain = ours({ type: "sgd", learningRate: 0.05 }, 50);
  expectClose(plain.parameter.values, theirs(tf.train.sgd(0.05), 50), 1e-5);
  // At a constant rate the lessons' form and TensorFlow.js's take the same path.
  const heavy = ours({ type: "sgd", learningRate: 0.01, momentum: 0.9 }, 50);
  expectClose(heavy.parameter.values, theirs(tf.train.momentum(0.01, 0.9), 50), 1e-5);
});

it("shows look-ahead weights while training, and the real ones on demand", () => {
  const recipe: RecipeOptimizer = {
    type: "sgd",
    learningRate: 0.01,
    momentum: 0.9,
    nesterov: true,
  };
  const { parameter, optimizer } = ours(recipe, 3);
  expect(parameter.variable.dataSync()).not.toEqual(parameter.values);
  optimizer.showReal();
  expect(parameter.variable.dataSync()).toEqual(parameter.values);
  optimizer.showTraining();
  expect(parameter.variable.dataSync()).not.toEqual(parameter.values);
});

it("changes not one bit with a clip that is never reached", () => {
  for (const type of ["sgd", "adam"] as const) {
    const free = ours({ type, learningRate: 0.01 }, 20);
    const guarded = ours({ type, learningRate: 0.01, clipNorm: 1e6, clipValue: 1e6 }, 20);
    expect(guarded.parameter.values).toEqual(free.parameter.values);
    expect(guarded.optimizer.squares).toEqual(free.optimizer.squares);
  }
});

it("clips by value first, then by norm, and measures both sides of it", () => {
  const { optimizer } = ours({ type: "sgd", learningRate: 0.01, clipValue: 0.5, clipNorm: 1 }, 1);
  const [squares] = optimizer.squares;
  expect(squares!.gradient).toBeGreaterThan(4);
  expect(squares!.clipped).toBeCloseTo(1, 6);
  expect(Math.sqrt(squares!.update)).toBeCloseTo(0.01, 6);
});

it("lets the weight penalty pull, and counts it in the gradient", () => {
  const free = ours({ type: "sgd", learningRate: 0.1 }, 1);
  const pulled = ours({ type: "sgd", learningRate: 0.1 }, 1, 0.01);
  pulled.parameter.values.forEach((value, i) => {
    expect(value).toBeCloseTo(free.parameter.values[i]! - 0.1 * 2 * 0.01 * start[i]!, 6);
  });
});
