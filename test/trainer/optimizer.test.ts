import * as tf from "@tensorflow/tfjs-core";
// Brings the gradients of every kernel with it.
import "@tensorflow/tfjs-layers";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeOptimizer } from "../../recipe/schema.ts";
import { startWasm } from "../../trainer/backends/wasm.ts";
import type { Parameter } from "../../trainer/model/parameter.ts";
import { updateRule } from "../../trainer/optimizers/index.ts";
import { Optimizer } from "../../trainer/optimizers/optimizer.ts";
import { follow, type Task, TEXTBOOK, type Textbook } from "../helpers/textbook.ts";

const COUNT = 40;
const start = Float32Array.from({ length: COUNT }, (_, i) => Math.sin(i * 1.7));

let view: (tensor: tf.Tensor) => Float32Array;
beforeAll(async () => {
  await startWasm();
  const wasm = tf.backend() as BackendWasm;
  view = ({ dataId, shape }) =>
    wasm.typedArrayFromHeap({ dataId, shape, dtype: "float32" }) as Float32Array;
});

type Loss = (w: tf.Tensor, step: number) => tf.Scalar;

/** Σ cᵢ (wᵢ − 1)⁴ with curvatures over two orders of magnitude. */
const valley: Loss = (w) => tf.sum(tf.mul(tf.pow(tf.sub(w, 1), 4), tf.linspace(0.01, 1, COUNT)));

/** Ours after that many steps. */
function ours(
  recipe: RecipeOptimizer,
  steps: number,
  { loss = valley, ...training }: Partial<Parameter> & { loss?: Loss } = {},
  learningRate: (step: number) => number = () => recipe.learningRate!,
) {
  const variable = tf.variable(tf.tensor1d(start));
  const values = start.slice();
  const parameter: Parameter = {
    ...{ name: "w", shape: [COUNT], l1: 0, l2: 0, rate: 1, values, variable },
    ...training,
  };
  const optimizer = new Optimizer(updateRule(recipe), recipe, [parameter], view);
  for (let step = 1; step <= steps; step++) {
    const { value, grads } = tf.variableGrads(() => loss(variable, step), [variable]);
    optimizer.step([grads[variable.name]!], learningRate(step));
    tf.dispose([value, ...Object.values(grads)]);
  }
  return { parameter, optimizer };
}

function theirs(optimizer: tf.Optimizer, steps: number): Float32Array {
  const variable = tf.variable(tf.tensor1d(start));
  for (let i = 0; i < steps; i++) optimizer.minimize(() => valley(variable, i), false, [variable]);
  return variable.dataSync() as Float32Array;
}

function expectClose(some: ArrayLike<number>, others: ArrayLike<number>, tolerance: number) {
  for (let i = 0; i < others.length; i++) {
    expect(Math.abs(some[i]! - others[i]!), `element ${i}`).toBeLessThan(tolerance);
  }
}

describe.each(Object.entries(TEXTBOOK))("%s with tensors", (_name, { recipe, ...formula }) => {
  const settings = { ...recipe, clipNorm: 2, clipValue: 0.8 };
  const shaping = { l1: 0.02, l2: 0.03, rate: 0.5 };
  const learningRate = (step: number) => recipe.learningRate! * (1 - step / 1001);
  const curvatures = Array.from({ length: COUNT }, (_, i) => 0.1 + (2 * i) / COUNT);
  const centres = (step: number) => curvatures.map((_, i) => Math.sin(step * 1.3 + i * i) + 1);

  it("is the textbook's formula over 1,000 steps, penalties, clipping and rates included", () => {
    const task: Task = {
      start: [...start],
      shaping: curvatures.map(() => shaping),
      clipNorm: 2,
      clipValue: 0.8,
      learningRate,
      gradient(x, step) {
        const at = centres(step);
        return x.map((value, i) => curvatures[i]! * (value - at[i]!));
      },
    };
    const loss: Loss = (w, step) => {
      const away = tf.square(tf.sub(w, tf.tensor1d(centres(step))));
      return tf.mul(tf.sum(tf.mul(away, tf.tensor1d(curvatures))), 0.5);
    };
    const { parameter, optimizer } = ours(settings, 1000, { ...shaping, loss }, learningRate);
    const wanted = follow({ recipe, ...formula } as Textbook, task, 1000);
    expectClose(parameter.values, wanted, 2e-5);
    expect(optimizer.updates).toBe(1000);
    // What the network computes with, once it is asked to compute with the real weights.
    optimizer.showReal();
    expect(parameter.variable.dataSync()).toEqual(parameter.values);
  });
});

// TensorFlow.js adds epsilon to the root of the uncorrected second moment, the paper to the corrected one: with
// gradients far above epsilon the difference is below what 32 bits keep over 50 steps.
it("goes with tf.train.adam for 50 steps, within 2e-5", () => {
  const { parameter } = ours({ type: "adam", learningRate: 0.01 }, 50);
  expectClose(parameter.values, theirs(tf.train.adam(0.01, 0.9, 0.999, 1e-8), 50), 2e-5);
});

it("goes with tf.train.sgd and tf.train.momentum for 50 steps, within 1e-5", () => {
  const plain = ours({ type: "sgd", learningRate: 0.05 }, 50);
  expectClose(plain.parameter.values, theirs(tf.train.sgd(0.05), 50), 1e-5);
  const heavy = ours({ type: "sgd", learningRate: 0.01, momentum: 0.9, momentumForm: "torch" }, 50);
  expectClose(heavy.parameter.values, theirs(tf.train.momentum(0.01, 0.9), 50), 1e-5);
});

it("goes with tf.train.rmsprop for 50 steps, within 2e-4", () => {
  // TensorFlow.js has epsilon inside the root, the lesson and PyTorch beside it: far below both it makes no difference.
  const { parameter } = ours({ type: "rmsprop", learningRate: 0.01, rho: 0.9, epsilon: 1e-12 }, 50);
  expectClose(parameter.values, theirs(tf.train.rmsprop(0.01, 0.9, 0, 1e-24), 50), 2e-4);
});

it("shows look-ahead weights while training, and the real ones on demand", () => {
  const { parameter, optimizer } = ours(
    { type: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: true },
    3,
  );
  const ahead = parameter.variable.dataSync();
  expect(ahead).not.toEqual(parameter.values);
  optimizer.showReal();
  expect(parameter.variable.dataSync()).toEqual(parameter.values);
  optimizer.showTraining();
  expect(parameter.variable.dataSync()).toEqual(ahead);
});

it.each([
  [{ type: "sgd", learningRate: 0.01 }, []],
  [{ type: "sgd", learningRate: 0.01, momentum: 0.9 }, ["w.0"]],
  [{ type: "sgd", learningRate: 0.01, momentum: 0.9, nesterov: true }, ["w.0", "w.shown"]],
  [{ type: "rmsprop" }, ["w.0"]],
  [{ type: "adamw" }, ["w.0", "w.1"]],
] as [RecipeOptimizer, string[]][])("remembers with %j: %j", (recipe, names) => {
  const { optimizer } = ours(recipe, 1, {}, () => 0.01);
  expect([...optimizer.memory().keys()]).toEqual(names);
});

it("changes not one bit with a clip that is never reached", () => {
  for (const type of ["sgd", "rmsprop", "adam", "adamw"] as const) {
    const free = ours({ type, learningRate: 0.01 }, 20);
    const guarded = ours({ type, learningRate: 0.01, clipNorm: 1e6, clipValue: 1e6 }, 20);
    expect(guarded.parameter.values).toEqual(free.parameter.values);
    // Sums of 64 bits may be added up in another order.
    const [measured, alone] = [guarded, free].map(({ optimizer }) => optimizer.squares[0]!);
    for (const sum of ["gradient", "clipped", "weights", "update"] as const) {
      expect(measured![sum] / alone![sum]).toBeCloseTo(1, 12);
    }
  }
});

it("clips by value first, then by norm, and measures both sides of it", () => {
  const { optimizer } = ours({ type: "sgd", learningRate: 0.01, clipValue: 0.5, clipNorm: 1 }, 1);
  const [squares] = optimizer.squares;
  expect(squares!.gradient).toBeGreaterThan(4);
  expect(squares!.clipped).toBeCloseTo(1, 6);
  expect(Math.sqrt(squares!.update)).toBeCloseTo(0.01, 6);
});

it("lets the weight penalty pull, and counts it in the gradient (S0-22, S2-17)", () => {
  const free = ours({ type: "sgd", learningRate: 0.1 }, 1);
  const pulled = ours({ type: "sgd", learningRate: 0.1 }, 1, { l2: 0.01 });
  pulled.parameter.values.forEach((value, i) => {
    expect(value).toBeCloseTo(free.parameter.values[i]! - 0.1 * 2 * 0.01 * start[i]!, 6);
  });
  expect(pulled.optimizer.squares[0]!.gradient).not.toBe(free.optimizer.squares[0]!.gradient);
});
