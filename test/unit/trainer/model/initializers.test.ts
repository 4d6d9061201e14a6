import { expect, it } from "vitest";
import type { Initializer } from "../../../../recipe/names.ts";
import { describeInitializer, initialize } from "../../../../trainer/model/initializers.ts";
import { stream } from "../../../../trainer/random.ts";

const std = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
};

it.each<[Initializer, number, number, number]>([
  ["heNormal", 64, 64, 0.1767767],
  ["heNormal", 256, 100, 0.0883883],
  ["heUniform", 64, 10, 0.1767767],
  ["leCunNormal", 256, 100, 0.0625],
  ["leCunUniform", 256, 100, 0.0625],
  ["glorotNormal", 300, 100, Math.sqrt(2 / 400)],
  ["glorotUniform", 300, 100, Math.sqrt(2 / 400)],
  [{ type: "randomNormal", stddev: 0.25 }, 64, 64, 0.25],
  [{ type: "randomUniform", minval: 0, maxval: 1 }, 64, 64, Math.sqrt(1 / 12)],
])("%j of %i inputs and %i outputs has its deviation", (init, fanIn, fanOut, expected) => {
  const values = initialize(init, fanIn, fanOut, stream(1, "x"), 200_000);
  expect(Math.abs(std(values) / expected - 1)).toBeLessThan(0.01);
});

it("cuts the scaled normal off at two deviations", () => {
  const values = initialize("heNormal", 2, 2, stream(1, "x"), 20_000);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(2 / 0.8796256);
});

it("makes constants", () => {
  expect([...initialize("zeros", 1, 2, stream(1, "x"))]).toEqual([0, 0]);
  expect([...initialize("ones", 1, 2, stream(1, "x"))]).toEqual([1, 1]);
  expect([...initialize({ type: "constant", value: 0.5 }, 1, 2, stream(1, "x"))]).toEqual([
    0.5, 0.5,
  ]);
});

it("draws by seed and purpose", () => {
  const draw = (seed: number, purpose: string) => [
    ...initialize("heNormal", 4, 4, stream(seed, purpose)),
  ];
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  expect(draw(1, "a")).not.toEqual(draw(2, "a"));
  expect(draw(1, "a")).not.toEqual(draw(1, "b"));
});

it("describes itself as text", () => {
  expect(describeInitializer("heNormal")).toBe("heNormal");
  expect(describeInitializer({ type: "randomNormal", stddev: 1 })).toBe("randomNormal(stddev=1)");
});
