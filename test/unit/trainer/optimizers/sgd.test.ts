import { expect, it } from "vitest";
import { sgd } from "../../../../trainer/optimizers/sgd.ts";
import { Squares } from "../../../../trainer/optimizers/update.ts";
import { descend, parabola, ravine, ravineLoss } from "../../../helpers/descend.ts";

const rule = (settings: object) => sgd({ type: "sgd", learningRate: 1, ...settings });
const constant = (rate: number, steps: number) => Array<number>(steps).fill(rate);

it.each([
  ["gradient descent (S0-06)", {}, [0.8, 0.64, 0.512]],
  ["momentum (S0-15)", { momentum: 0.9 }, [0.8, 0.46, 0.062]],
  ["momentum as in torch (S2-10)", { momentum: 0.9, momentumForm: "torch" }, [0.8, 0.46, 0.062]],
  ["nesterov (S0-17)", { momentum: 0.9, nesterov: true }, [0.8, 0.496, 0.17792]],
])("%s on x² from 1, rate 0.1", (_name, settings, expected) => {
  const path = descend(rule(settings), [1], parabola, constant(0.1, 3)).flat();
  expected.forEach((value, i) => {
    expect(path[i]).toBeCloseTo(value, 12);
  });
});

it.each([
  ["classic", [0.1448, -0.1418]],
  ["torch", [0.4202, 0.376]],
])(
  "takes another path with %s momentum when the rate falls to a tenth at the third update (S2-10)",
  (momentumForm, expected) => {
    const rates = [0.1, 0.1, 0.01, 0.01];
    const path = descend(rule({ momentum: 0.9, momentumForm }), [1], parabola, rates).flat();
    expect(path[1]).toBeCloseTo(0.46, 12);
    expect(path[2]).toBeCloseTo(expected[0]!, 4);
    expect(path[3]).toBeCloseTo(expected[1]!, 4);
  },
);

it.each([
  ["2 flies away (S3-31)", 2, [-3, 9, -27], [9, 81, 729]],
  ["1 goes to and fro (S3-31)", 1, [-1, 1, -1], [1, 1, 1]],
  ["0.5 is there at once (S3-31)", 0.5, [0, 0, 0], [0, 0, 0]],
  ["0.1 goes down (S3-32)", 0.1, [0.8, 0.64, 0.512], [0.64, 0.4096, 0.262144]],
])("a learning rate of %s on x² from 1", (_name, rate, expected, losses) => {
  const path = descend(rule({}), [1], parabola, constant(rate, 3)).flat();
  for (const [i, x] of path.entries()) {
    expect(x).toBeCloseTo(expected[i]!, 12);
    expect(x * x).toBeCloseTo(losses[i]!, 12);
  }
});

it("runs down a ravine as the lessons say (S0-15, S0-17)", () => {
  const losses = (settings: object) =>
    descend(rule(settings), [1, 1], ravine, constant(0.01, 100)).map(ravineLoss);
  expect(losses({}).at(-1)).toBeCloseTo(0.067, 4);
  const momentum = losses({ momentum: 0.9 });
  const nesterov = losses({ momentum: 0.9, nesterov: true });
  expect(momentum.at(-1)).toBeCloseTo(4.08e-6, 8);
  expect(nesterov.at(-1)).toBeCloseTo(9.45e-8, 10);
  const arrival = (all: number[]) => all.findIndex((loss) => loss < 1e-3) + 1;
  expect([arrival(momentum), arrival(nesterov)]).toEqual([64, 25]);
});

it.each([
  {},
  { momentum: 0.9 },
  { momentum: 0.9, momentumForm: "torch" },
  { momentum: 0.9, nesterov: true },
])("measures the weights before, the gradient and the update with %j", (settings) => {
  const weights = Float32Array.of(3, 4);
  const squares = new Squares();
  const each = rule(settings);
  const update = { learningRate: 0.5, step: 1, scale: 0.5 };
  each.apply(weights, Float32Array.of(4, -12), each.remember(weights), update, squares);
  // The gradient counts as it was clipped: half of it.
  expect([...weights]).toEqual([2, 7]);
  expect(squares).toMatchObject({ clipped: 40, weights: 25, update: 10 });
});

it("shows the look-ahead, and the weights themselves without one", () => {
  const weights = Float64Array.of(1);
  const update = { learningRate: 0.1, step: 1, scale: 1 };
  const ahead = rule({ momentum: 0.9, nesterov: true });
  const memory = ahead.remember(weights);
  expect(memory.shown).not.toBe(weights);
  expect([...memory.shown]).toEqual([1]);
  ahead.apply(weights, Float64Array.of(2), memory, update, new Squares());
  // 0.8 after a velocity of −0.2.
  expect(weights[0]).toBeCloseTo(0.8, 12);
  expect(memory.shown[0]).toBeCloseTo(0.8 - 0.9 * 0.2, 12);
  expect(rule({ momentum: 0.9 }).remember(weights).shown).toBe(weights);
});

it.each(["classic", "torch"])("holds no denormal numbers in its %s velocity", (momentumForm) => {
  const each = rule({ momentum: 0.9, momentumForm });
  const weights = Float32Array.of(1);
  const memory = each.remember(weights);
  for (let i = 0; i < 1500; i++) {
    const update = { learningRate: 0.1, step: i + 1, scale: 1 };
    each.apply(weights, Float32Array.of(i === 0 ? 1 : 0), memory, update, new Squares());
    const size = Math.abs(memory.slots[0]![0]!);
    expect(size === 0 || size >= 2 ** -126).toBe(true);
  }
  expect(Math.abs(memory.slots[0]![0]!)).toBeLessThan(1e-34);
});
