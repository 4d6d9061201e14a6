import type * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";
import { learningRateOf } from "../../../../recipe/optimizers/index.ts";
import type { Parameter } from "../../../../trainer/model/parameter.ts";
import { updateRule } from "../../../../trainer/optimizers/index.ts";
import { Optimizer } from "../../../../trainer/optimizers/optimizer.ts";
import { Squares, type Values } from "../../../../trainer/optimizers/update.ts";
import {
  follow,
  type Shaping,
  type Task,
  TEXTBOOK,
  type Textbook,
} from "../../../helpers/textbook.ts";

/** What the network would compute with, by parameter. Tensors have 32 bits only; these arrays have what they are given. */
const shown = vi.hoisted(() => new Map<string, Float32Array | Float64Array>());
vi.mock("../../../../trainer/model/parameter.ts", () => ({
  show: ({ name }: { name: string }, values: Float32Array) => shown.set(name, values.slice()),
}));

const STEPS = 1000;
/** Weights of the first layer, which is shaped, and of the others, which are not. */
const SIZES = [9, 8, 1];
const COUNT = 18;
const start = Array.from({ length: COUNT }, (_, i) => 2 * Math.sin(i * 1.7));

const PLAIN: Task = {
  start,
  shaping: start.map(() => ({})),
  learningRate: (_) => 1,
  // Parabolas with curvatures from 0.05 to 2 whose minima jump about, as those of batches do.
  gradient: (x, step) =>
    x.map((value, i) => {
      const curvature = 0.05 * 40 ** (i / (COUNT - 1));
      return curvature * (value - Math.cos(i)) + 0.6 * Math.sin(1.3 * step + i * i);
    }),
};

const first = (shaping: Shaping): Shaping[] => start.map((_, i) => (i < SIZES[0]! ? shaping : {}));
const falling = (step: number) => 0.5 * (1 + Math.cos((Math.PI * step) / STEPS));

const TASKS: [name: string, task: Task][] = [
  ["as they are", PLAIN],
  ["a falling learning rate", { ...PLAIN, learningRate: falling }],
  ["clipNorm", { ...PLAIN, clipNorm: 1.8 }],
  ["clipValue", { ...PLAIN, clipValue: 0.5 }],
  ["l1", { ...PLAIN, shaping: first({ l1: 0.03 }) }],
  ["l2", { ...PLAIN, shaping: first({ l2: 0.04 }) }],
  ["a layer's own rate", { ...PLAIN, shaping: first({ rate: 0.3 }) }],
  [
    "all of it",
    {
      ...PLAIN,
      shaping: first({ l1: 0.03, l2: 0.04, rate: 0.3 }),
      clipNorm: 1.4,
      clipValue: 0.5,
      learningRate: falling,
    },
  ],
];

/** The optimizer of the trainer on the same task. */
function ours({ recipe }: Textbook, task: Task, Bits: new (of: number[]) => Values): number[] {
  let from = 0;
  const parameters = SIZES.map((size, i): Parameter => {
    const { l1 = 0, l2 = 0, rate = 1 } = task.shaping[from]!;
    const values = new Bits(start.slice(from, from + size)) as Float32Array;
    from += size;
    return { name: `layer${i}`, shape: [size], values, variable: {} as tf.Variable, l1, l2, rate };
  });
  const { clipNorm, clipValue } = task;
  const clips = { ...(clipNorm && { clipNorm }), ...(clipValue && { clipValue }) };
  const view = (tensor: tf.Tensor) => tensor as unknown as Float32Array;
  const optimizer = new Optimizer(updateRule(recipe), clips, parameters, view);
  shown.clear();
  for (const { name, values } of parameters) shown.set(name, values.slice());
  for (let step = 1; step <= STEPS; step++) {
    const all = new Bits(
      task.gradient(
        [...shown.values()].flatMap((each) => [...each]),
        step,
      ),
    );
    const gradients = [all.slice(0, 9), all.slice(9, 17), all.slice(17)];
    optimizer.step(
      gradients as unknown as tf.Tensor[],
      learningRateOf(recipe) * task.learningRate(step),
    );
  }
  return parameters.flatMap(({ values }) => [...values]);
}

/** The largest difference, as a share of the weights' size. */
function apart(some: number[], others: number[]): number {
  const size = Math.max(...others.map(Math.abs));
  return Math.max(...some.map((value, i) => Math.abs(value - others[i]!))) / size;
}

/** With the learning rate of the recipe, as the trainer gives it. */
function expected(textbook: Textbook, task: Task): number[] {
  const base = learningRateOf(textbook.recipe);
  return follow(textbook, { ...task, learningRate: (t) => base * task.learningRate(t) }, STEPS);
}

describe.each(Object.entries(TEXTBOOK))("%s over 1,000 steps", (_name, textbook) => {
  it.each(TASKS)("is the textbook's formula with %s", (_what, task) => {
    const formula = expected(textbook, task);
    // What is switched on does something.
    if (task !== PLAIN) expect(apart(expected(textbook, PLAIN), formula)).toBeGreaterThan(1e-3);
    expect(apart(ours(textbook, task, Float64Array), formula)).toBeLessThan(1e-12);
    expect(apart(ours(textbook, task, Float32Array), formula)).toBeLessThan(5e-6);
  });
});

describe.each(Object.entries(TEXTBOOK))("%s on arrays of any length", (_name, textbook) => {
  it.each([1, 2, 3, 1023, 1025, 2047, 4099])("of %d weights", (count) => {
    const weights = Array.from({ length: count }, (_, i) => Math.fround(Math.sin(i * 1.7)));
    const gradient = weights.map((_, i) => Math.cos(i * i));
    const doubled = gradient.map((g) => 2 * g);
    const task: Task = {
      start: weights,
      shaping: weights.map(() => ({})),
      learningRate: () => 0.1,
      gradient: () => gradient,
    };
    const formula = follow(textbook, task, 2);
    const before = follow(textbook, task, 1);
    const rule = updateRule(textbook.recipe);
    const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value * value, 0);
    for (const Bits of [Float64Array, Float32Array]) {
      const digits = Bits === Float64Array ? 12 : 5;
      const ours = Bits.from(weights);
      const memory = rule.remember(ours);
      const squares = new Squares();
      for (const step of [1, 2]) {
        const update = { learningRate: 0.1, step, scale: 0.5 };
        rule.apply(ours, Bits.from(doubled), memory, update, squares);
      }
      expect(apart([...ours], formula)).toBeLessThan(10 ** -digits);
      // The sums are those of the second update.
      const update = formula.map((value, i) => value - before[i]!);
      expect(squares.clipped / sumOf(gradient)).toBeCloseTo(1, digits);
      expect(squares.weights / sumOf(before)).toBeCloseTo(1, digits);
      expect(squares.update / sumOf(update)).toBeCloseTo(1, digits - 1);
    }
  });
});

it("tells the optimizers apart", () => {
  const ends = Object.values(TEXTBOOK).map((textbook) => expected(textbook, TASKS[1]![1]));
  for (const [i, end] of ends.entries()) {
    for (const other of ends.slice(0, i)) expect(apart(end, other)).toBeGreaterThan(1e-4);
  }
});
