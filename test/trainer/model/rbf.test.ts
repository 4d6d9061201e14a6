import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { moons } from "../../../trainer/data/generators/moons.ts";
import { stream } from "../../../trainer/random.ts";
import { descend } from "./descend.ts";
import { BACKENDS, networkOf, outputsOf, readOut, START, setParameter } from "./network.ts";

const rbf = (units: number, more: object = {}): RecipeLayer => ({
  type: "rbf",
  units,
  name: "it",
  ...more,
});

/** Clouds around (0, 0), (3, 4) and (6, 8): 5 from one to the next. */
function clouds(): Float32Array {
  const { normal } = stream(1, "clouds");
  const at = (i: number) => [3 * (i % 3) + 0.01 * normal(), 4 * (i % 3) + 0.01 * normal()];
  return Float32Array.from(Array.from({ length: 60 }, (_, i) => at(i)).flat());
}

/** The starting values of a parameter. */
async function startOf(layers: RecipeLayer[], parameter: string, examples = clouds(), seed = 1) {
  const network = await networkOf(readOut(layers), [2], { examples, seed });
  return [...network.parameters.find(({ name }) => name === `it.${parameter}`)!.values];
}

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => START[backend]());

  it("S4-17: is 1 at its centre, 0.60653 at one width from it, 0.01111 at three", async () => {
    const network = await networkOf(readOut([rbf(1, { width: 2 })]), [2], { examples: clouds() });
    setParameter(network, "it.centers", [10, 20]);
    const x = Float32Array.of(10, 20, 12, 20, 10, 14, 1e6, 0);
    const output = outputsOf(network, x, 4).get("it")!;
    [1, 0.60653, 0.01111, 0].forEach((wanted, i) => {
      expect(output[i]).toBeCloseTo(wanted, 5);
    });
    expect(output[0]).toBe(1);
  });

  it("S4-17: starts its centres at the means of clusters of what comes in", async () => {
    const centers = await startOf([rbf(3)], "centers");
    const sorted = [0, 1, 2]
      .map((i) => centers.slice(2 * i, 2 * i + 2))
      .sort(([a], [b]) => a! - b!);
    [
      [0, 0],
      [3, 4],
      [6, 8],
    ].forEach((place, i) => {
      expect(Math.abs(sorted[i]![0]! - place[0]!)).toBeLessThan(0.01);
      expect(Math.abs(sorted[i]![1]! - place[1]!)).toBeLessThan(0.01);
    });
    // Behind a layer that turns all signs round, on the other side.
    const turned = { kernelInitializer: { type: "orthogonal", gain: 1 } };
    const before: RecipeLayer = {
      type: "dense",
      units: 2,
      name: "before",
      ...turned,
    } as RecipeLayer;
    const lengths = (values: number[]) =>
      [0, 1, 2].map((i) => Math.hypot(...values.slice(2 * i, 2 * i + 2))).sort((a, b) => a - b);
    const behind = lengths(await startOf([before, rbf(3)], "centers"));
    [0, 5, 10].forEach((length, i) => {
      expect(Math.abs(behind[i]! - length)).toBeLessThan(0.02);
    });
  });

  it("keeps its digits far from 0", async () => {
    const network = await networkOf(readOut([rbf(1, { width: 1 })]), [2], { examples: clouds() });
    setParameter(network, "it.centers", [30_000, 30_000]);
    const output = outputsOf(network, Float32Array.of(30_001, 30_000), 1).get("it")!;
    expect(output[0]).toBeCloseTo(0.60653, 5);
  });

  it("shows NaN", async () => {
    const network = await networkOf(readOut([rbf(2)]), [2], { examples: clouds() });
    expect(outputsOf(network, Float32Array.of(1, Number.NaN), 1).get("it")![0]).toBeNaN();
  });
});

it("starts every width at the mean distance from a centre to the nearest other one, or as it is told", async () => {
  await START.cpu();
  for (const value of await startOf([rbf(3)], "log_width"))
    expect(Math.exp(value)).toBeCloseTo(5, 1);
  const told = await startOf([rbf(3, { width: 0.25 })], "log_width");
  expect(told.map(Math.exp)).toEqual([
    expect.closeTo(0.25, 6),
    expect.closeTo(0.25, 6),
    expect.closeTo(0.25, 6),
  ]);
  const [alone] = await startOf([rbf(1)], "log_width");
  expect(alone).toBe(0);
});

it("starts its centres at examples, each another one, where that is asked for", async () => {
  await START.cpu();
  // Four examples that differ, over and over.
  const examples = Float32Array.from({ length: 80 }, (_, i) => (i % 8) + 1);
  const centers = await startOf([rbf(4, { centers: "random" })], "centers", examples);
  const places = [0, 1, 2, 3].map((i) => centers.slice(2 * i, 2 * i + 2).join());
  expect(places.sort()).toEqual(["1,2", "3,4", "5,6", "7,8"]);
  const other = await startOf([rbf(2, { centers: "random" })], "centers", clouds(), 2);
  expect(other).not.toEqual(await startOf([rbf(2, { centers: "random" })], "centers", clouds(), 3));
});

it("refuses more units than there are different examples", async () => {
  await START.cpu();
  const examples = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 1, 1);
  const building = networkOf(readOut([rbf(5)]), [2], { examples });
  await expect(building).rejects.toThrow(
    "The rbf layer it has 5 units and sees 3 different training examples to put them at: set units to at most 3.",
  );
  await expect(building).rejects.toMatchObject({ where: { recipe: ["layers", 0, "units"] } });
});

it("S4-18: tanh, tanh, rbf and softmax tell two moons apart", async () => {
  await START.wasm();
  const train = moons({ rows: 300 }, stream(1, "train"));
  const fresh = moons({ rows: 300 }, stream(1, "fresh"));
  const network = await networkOf(
    [
      { type: "dense", units: 8, activation: "tanh" },
      { type: "dense", units: 8, activation: "tanh" },
      rbf(8),
      { type: "dense", units: 2, activation: "softmax" },
    ],
    [2],
    { loss: "sparseCategoricalCrossentropy", units: 2, examples: train.inputs },
  );
  descend(network, train, 150, 0.05);
  const { correct } = descend(network, fresh, 0, 0);
  expect(correct / 300).toBeGreaterThan(0.95);
});
