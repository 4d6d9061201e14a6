import { beforeAll, describe, expect, it } from "vitest";
import type { Initializer } from "../../../recipe/initializers.ts";
import type { RecipeLayer } from "../../../recipe/schema.ts";
import { startWasm } from "../../../trainer/backends/wasm.ts";
import type { Generated } from "../../../trainer/data/generators/generator.ts";
import { moons } from "../../../trainer/data/generators/moons.ts";
import type { Network } from "../../../trainer/model/network.ts";
import { stream } from "../../../trainer/random.ts";
import { descend } from "./descend.ts";
import { gradientsOf, networkOf } from "./network.ts";

beforeAll(() => startWasm());

const XOR: Generated = { inputs: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), targets: [0, 1, 1, 0] };
const SETTING = { loss: "sparseCategoricalCrossentropy", units: 2 } as const;

describe("S2-06: XOR", () => {
  it("is learned by a hidden layer of four", async () => {
    const layers: RecipeLayer[] = [
      { type: "dense", units: 4, activation: "tanh" },
      { type: "dense", units: 2, activation: "softmax" },
    ];
    const { loss, correct } = descend(await networkOf(layers, [2], SETTING), XOR, 300, 0.1);
    expect(correct).toBe(4);
    expect(loss).toBeLessThan(0.01);
  });

  it("is beyond a linear model", async () => {
    const layers: RecipeLayer[] = [{ type: "dense", units: 2, activation: "softmax" }];
    const { loss, correct } = descend(await networkOf(layers, [2], SETTING), XOR, 300, 0.1);
    expect(correct).toBeLessThanOrEqual(3);
    expect(loss).toBeCloseTo(Math.LN2, 2);
  });
});

describe("units that start alike", () => {
  const UNITS = 100;
  const hidden = (kernelInitializer: Initializer, name: string): RecipeLayer => ({
    type: "dense",
    name,
    units: UNITS,
    activation: "tanh",
    kernelInitializer,
  });
  const build = (init: Initializer) =>
    networkOf(
      [hidden(init, "first"), hidden(init, "second"), { type: "dense", units: 2 }],
      [2],
      SETTING,
    );

  /** How many of a layer's units differ in any of their incoming weights. */
  function differentUnits(network: Network, layer: string): number {
    const { variable } = network.parameters.find(({ name }) => name === `${layer}.kernel`)!;
    const values = variable.dataSync() as Float32Array;
    const units = Array.from({ length: UNITS }, (_, unit) =>
      values.filter((_, i) => i % UNITS === unit).join(),
    );
    return new Set(units).size;
  }
  const data = moons({ rows: 32 }, stream(1, "moons"));

  it("S0-05: stay copies of each other through 100 updates; random ones differ", async () => {
    const same = await networkOf(
      [
        hidden({ type: "constant", value: 0.1 }, "first"),
        hidden({ type: "constant", value: 0.1 }, "second"),
        { type: "dense", units: 2, kernelInitializer: { type: "constant", value: 0.1 } },
      ],
      [2],
      SETTING,
    );
    descend(same, data, 100, 0.01);
    expect(differentUnits(same, "first")).toBe(1);
    expect(differentUnits(same, "second")).toBe(1);
    const random = await build({ type: "randomNormal", stddev: 0.1 });
    descend(random, data, 100, 0.01);
    expect(differentUnits(random, "first")).toBe(UNITS);
    expect(differentUnits(random, "second")).toBe(UNITS);
  });

  it("S3-05: from zeros, the hidden layers get no gradient at all", async () => {
    const network = await build("zeros");
    const gradients = gradientsOf(network, data.inputs, 32);
    for (const layer of ["first", "second"]) {
      expect(new Set(gradients.get(`${layer}.kernel`)!.map(Math.abs))).toEqual(new Set([0]));
    }
  });
});

it.each<[string, RecipeLayer[], number[], number]>([
  [
    "S2-27: 784-64-10",
    [
      { type: "dense", units: 64 },
      { type: "dense", units: 10 },
    ],
    [784],
    50_890,
  ],
  [
    "LeNet-like",
    [
      { type: "conv2d", filters: 6, kernelSize: 5, padding: "same" },
      { type: "averagePooling2d" },
      { type: "conv2d", filters: 16, kernelSize: 5 },
      { type: "averagePooling2d" },
      { type: "flatten" },
      { type: "dense", units: 120 },
      { type: "dense", units: 84 },
      { type: "dense", units: 10 },
    ],
    [28, 28, 1],
    61_706,
  ],
])("%s has as many parameters as Keras counts", async (_what, layers, shape, expected) => {
  const network = await networkOf(layers, shape, { ...SETTING, units: 10 });
  expect(network.parameters.reduce((sum, { values }) => sum + values.length, 0)).toBe(expected);
});
