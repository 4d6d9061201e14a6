import { expect, it } from "vitest";
import { sgd } from "../../../../trainer/optimizers/sgd.ts";
import { type Rule, Squares } from "../../../../trainer/optimizers/update.ts";

/** Minimises a function from `start`, by its gradient at the shown weights; the real weights after each step. */
function descend(
  rule: Rule,
  start: number[],
  gradient: (x: Float64Array) => number[],
  steps: number,
): number[][] {
  const weights = Float64Array.from(start);
  const memory = rule.remember(weights);
  const path: number[][] = [];
  for (let i = 0; i < steps; i++) {
    rule.begin();
    const g = Float64Array.from(gradient(memory.shown as Float64Array));
    rule.apply(weights, g, memory, 1, new Squares());
    path.push([...weights]);
  }
  return path;
}

const parabola = (x: Float64Array) => [2 * x[0]!];
/** ½(x² + 25y²) */
const ravine = (x: Float64Array) => [x[0]!, 25 * x[1]!];
const ravineLoss = ([x, y]: number[]) => 0.5 * (x! ** 2 + 25 * y! ** 2);

it.each([
  ["plain", {}, [0.8, 0.64, 0.512]],
  ["momentum", { momentum: 0.9 }, [0.8, 0.46, 0.062]],
  ["nesterov", { momentum: 0.9, nesterov: true }, [0.8, 0.496, 0.17792]],
])("%s on x² from 1, rate 0.1 (S0-06, S0-15, S0-17)", (_name, settings, expected) => {
  const rule = sgd({ type: "sgd", learningRate: 0.1, ...settings });
  const path = descend(rule, [1], parabola, 3).flat();
  expected.forEach((value, i) => {
    expect(path[i]).toBeCloseTo(value, 12);
  });
});

it("runs down a ravine as the lessons say (S0-15, S0-17)", () => {
  const lossAfter = (settings: object) =>
    ravineLoss(
      descend(sgd({ type: "sgd", learningRate: 0.01, ...settings }), [1, 1], ravine, 100).at(-1)!,
    );
  expect(lossAfter({})).toBeCloseTo(0.067, 4);
  expect(lossAfter({ momentum: 0.9 })).toBeCloseTo(4.08e-6, 8);
  expect(lossAfter({ momentum: 0.9, nesterov: true })).toBeCloseTo(9.45e-8, 10);
});

it.each([{}, { momentum: 0.9 }, { momentum: 0.9, nesterov: true }])(
  "measures the weights before, the gradient and the update with %j",
  (settings) => {
    const rule = sgd({ type: "sgd", learningRate: 0.5, ...settings });
    const weights = Float32Array.of(3, 4);
    const squares = new Squares();
    rule.apply(weights, Float32Array.of(2, -6), rule.remember(weights), 0.5, squares);
    expect([...weights]).toEqual([2.5, 5.5]);
    expect(squares).toMatchObject({ clipped: 10, weights: 25, update: 2.5 });
  },
);

it("holds no denormal numbers in its velocity", () => {
  const rule = sgd({ type: "sgd", learningRate: 0.1, momentum: 0.9 });
  const weights = Float32Array.of(1);
  const memory = rule.remember(weights);
  for (let i = 0; i < 1500; i++) {
    rule.apply(weights, Float32Array.of(i === 0 ? 1 : 0), memory, 1, new Squares());
    expect(Math.abs(memory.slots[0]![0]!)).toBeGreaterThan(2 ** -126);
  }
  expect(Math.abs(memory.slots[0]![0]!)).toBeLessThan(1e-34);
});
