import { describe, expect, it } from "vitest";
import { automatic, type Initializer, scaledStd } from "../../../../recipe/initializers.ts";
import {
  describeInitializer,
  initialize,
  type Start,
} from "../../../../trainer/model/initializers.ts";
import { stream } from "../../../../trainer/random.ts";

/** As a dense layer asks. */
function draw(init: Initializer, fanIn: number, fanOut: number, more: Partial<Start> = {}) {
  const start: Start = { fanIn, fanOut, activation: "linear", stream: stream(1, "x"), ...more };
  return initialize(init, [fanIn, fanOut], start);
}

const std = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
};
const largest = (values: Float32Array) =>
  values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

describe("the deviation that a scaled initializer promises", () => {
  it.each<[string, Parameters<typeof scaledStd>, number]>([
    ["S0-03, S4-15: LeCun of 1000 inputs", ["leCunNormal", 1000, 10], 0.0316228],
    ["S0-04: Glorot of 1000 and 1000, LeCun's", ["glorotNormal", 1000, 1000], 0.0316228],
    ["S1-11: He of 64 inputs", ["heNormal", 64, 64], 0.1767767],
    ["S1-14: He of 256 inputs", ["heNormal", 256, 10], 0.0883883],
    ["S1-14: Xavier, as lesson 001 has it, of 256 inputs", ["leCunNormal", 256, 10], 0.0625],
    ["S3-06: Glorot of 512 and 256", ["glorotNormal", 512, 256], 0.05103104],
    ["S3-07: He of 512 inputs", ["heNormal", 512, 256], 0.0625],
    ["S4-15: LeCun of 512 inputs", ["leCunNormal", 512, 10], 0.0441942],
  ])("%s", (_what, [name, fanIn, fanOut], expected) => {
    expect(scaledStd(name, fanIn, fanOut)).toBeCloseTo(expected, 7);
  });
});

it.each<[Initializer, number, number, number]>([
  ["heNormal", 512, 256, 0.0625],
  ["heUniform", 512, 256, 0.0625],
  ["leCunNormal", 1000, 300, 0.0316228],
  ["leCunUniform", 512, 256, 0.0441942],
  ["glorotNormal", 512, 256, 0.05103104],
  ["glorotUniform", 512, 256, 0.05103104],
  [{ type: "randomNormal", stddev: 0.25 }, 300, 300, 0.25],
  [{ type: "randomUniform", minval: 0, maxval: 1 }, 300, 300, 0.28867513],
])("%j of %i inputs and %i outputs has its deviation", (init, fanIn, fanOut, expected) => {
  expect(Math.abs(std(draw(init, fanIn, fanOut)) / expected - 1)).toBeLessThan(0.01);
});

it.each<[string, Initializer, number]>([
  ["S3-06: Glorot of 512 and 256 is uniform within 0.08838835", "glorotUniform", 0.08838835],
  [
    "S3-07: He of 512 is uniform within 0.10825318 (lesson 003 prints 0.1082)",
    "heUniform",
    0.10825318,
  ],
])("%s", (_what, init, bound) => {
  const most = largest(draw(init, 512, 256));
  expect(most).toBeLessThanOrEqual(bound);
  expect(most).toBeGreaterThan(bound * 0.9999);
});

it("cuts the scaled normal off at two deviations, before it is scaled up to what it promises", () => {
  const most = largest(draw("heNormal", 512, 256));
  expect(most).toBeLessThanOrEqual((2 * 0.0625) / 0.8796256);
  expect(most).toBeGreaterThan(2 * 0.0625);
});

it("S3-09: auto is He for the family of relu, Glorot for sigmoid and tanh, LeCun for selu", () => {
  expect(automatic("relu")).toBe("heNormal");
  expect(automatic("leakyRelu")).toBe("heNormal");
  expect(automatic("elu")).toBe("heNormal");
  expect(automatic("gelu")).toBe("heNormal");
  expect(automatic("swish")).toBe("heNormal");
  expect(automatic("tanh")).toMatch(/^glorot/);
  expect(automatic("sigmoid")).toMatch(/^glorot/);
  expect(automatic("softmax")).toMatch(/^glorot/);
  expect(automatic("linear")).toMatch(/^glorot/);
  expect(automatic("selu")).toBe("leCunNormal");
});

it("S3-09: auto draws what it stands for", () => {
  expect(draw("auto", 64, 32, { activation: "relu" })).toEqual(draw("heNormal", 64, 32));
  expect(draw("auto", 64, 32, { activation: "tanh" })).toEqual(draw("glorotUniform", 64, 32));
});

it("makes constants", () => {
  expect([...draw("zeros", 1, 2)]).toEqual([0, 0]);
  expect([...draw("ones", 1, 2)]).toEqual([1, 1]);
  expect([...draw({ type: "constant", value: 0.5 }, 1, 2)]).toEqual([0.5, 0.5]);
});

it("moves a normal by its mean", () => {
  const values = draw({ type: "randomNormal", mean: 3, stddev: 0.1 }, 100, 100);
  expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(3, 2);
});

it("fills the shape, whatever its rank", () => {
  const start: Start = { fanIn: 18, fanOut: 36, activation: "relu", stream: stream(1, "x") };
  expect(initialize("heNormal", [3, 3, 2, 4], start)).toHaveLength(72);
});

it("draws by seed and purpose", () => {
  const of = (seed: number, purpose: string) => [
    ...draw("heNormal", 4, 4, { stream: stream(seed, purpose) }),
  ];
  expect(of(1, "a")).toEqual(of(1, "a"));
  expect(of(1, "a")).not.toEqual(of(2, "a"));
  expect(of(1, "a")).not.toEqual(of(1, "b"));
});

it("describes itself as text, auto by what it stands for", () => {
  expect(describeInitializer("heNormal", "relu")).toBe("heNormal");
  expect(describeInitializer("auto", "relu")).toBe("heNormal");
  expect(describeInitializer({ type: "randomNormal", stddev: 1 }, "relu")).toBe(
    "randomNormal(stddev=1)",
  );
});
