import { beforeAll, describe, expect, it } from "vitest";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import {
  BACKENDS,
  gradientsOf,
  networkOf,
  outputsOf,
  readOut,
  START,
  setParameter,
} from "./network.ts";

const prelu = (more: object = {}): RecipeLayer => ({ type: "prelu", name: "it", ...more });

describe.each(BACKENDS)("prelu on %s", (backend) => {
  beforeAll(() => START[backend]());

  it("S4-24: starts with slope 0.25 below zero, one for each unit, and uses what it has learned", async () => {
    const network = await networkOf(readOut([prelu()]), [3]);
    expect([...network.parameters[0]!.values]).toEqual([0.25, 0.25, 0.25]);
    const x = Float32Array.of(-4, 0, 4, -8, -8, -8);
    expect([...outputsOf(network, x, 2).get("it")!]).toEqual([-1, 0, 4, -2, -2, -2]);
    setParameter(network, "it.alpha", [0, 0.5, -1]);
    expect([...outputsOf(network, x, 2).get("it")!].map((v) => v + 0)).toEqual([0, 0, 4, 0, -4, 8]);
  });

  it("has one slope a channel of pictures, which all pixels share", async () => {
    const network = await networkOf(
      readOut([prelu({ learningRateMultiplier: "perUse" })]),
      [2, 2, 3],
    );
    expect(network.parameters[0]).toMatchObject({ name: "it.alpha", shape: [3], rate: 0.5 });
    setParameter(network, "it.alpha", [1, 2, 3]);
    const output = outputsOf(network, new Float32Array(12).fill(-1), 1).get("it")!;
    expect([...output]).toEqual([-1, -2, -3, -1, -2, -3, -1, -2, -3, -1, -2, -3]);
  });

  it("S4-24: a unit that is below zero on every example still gets a gradient", async () => {
    const layers: RecipeLayer[] = [
      { type: "dense", units: 1, name: "before", kernelInitializer: "zeros" },
      prelu(),
    ];
    const network = await networkOf(readOut(layers), [2]);
    setParameter(network, "before.bias", [-3]);
    const gradients = gradientsOf(network, Float32Array.of(1, 2), 1);
    expect(Math.abs(gradients.get("before.bias")![0]!)).toBeGreaterThan(0.01);
    // ∂/∂α is the input, −3, where ∂/∂x is α, 0.25.
    expect(gradients.get("it.alpha")![0]! / gradients.get("before.bias")![0]!).toBeCloseTo(-12, 4);
  });

  it("shows NaN", async () => {
    const network = await networkOf(readOut([prelu()]), [2]);
    const output = outputsOf(network, Float32Array.of(Number.NaN, 1), 1).get("it")!;
    expect([...output].map(Number.isNaN)).toEqual([true, false]);
  });
});

it("starts its slopes as it is told", async () => {
  await START.cpu();
  const network = await networkOf(readOut([prelu({ alphaInitializer: "zeros" })]), [2]);
  expect([...network.parameters[0]!.values]).toEqual([0, 0]);
});
