import { expect, it } from "vitest";
import type { ActivationName } from "../../../../recipe/names.ts";
import { ActivationProbe } from "../../../../trainer/probe/activations.ts";

const probe = (activation: ActivationName | null, units = 2, measured = true) =>
  new ActivationProbe({ activation, shape: [units], measured });

it("measures mean and population deviation over the batch", () => {
  const p = probe("linear");
  p.see(Float32Array.of(1, 2, 3, 6));
  expect(p.mean).toBe(3);
  expect(p.std).toBeCloseTo(Math.sqrt(3.5), 12);
  expect([p.silent, p.saturated]).toEqual([null, null]);
});

it("calls a relu unit silent that is 0 on every example of the batch", () => {
  const p = probe("relu", 4);
  p.see(Float32Array.of(0, 1, 0, -0, 0, 0, 2, 0));
  expect(p.silent).toBe(0.5);
  expect(p.mean).toBe(3 / 8);
});

it("remembers over an epoch which units were ever active", () => {
  const p = probe("relu");
  p.see(Float32Array.of(0, 0, 0, 0));
  p.see(Float32Array.of(0, 0, 0, 3));
  p.see(Float32Array.of(0, 0));
  expect(p.silent).toBe(1);
  expect(p.endEpoch()).toBe(0.5);
  p.see(Float32Array.of(1, 0));
  expect(p.endEpoch()).toBe(0.5);
});

it("takes a channel of a picture as a unit: silent where it is 0 at every place of every example", () => {
  const p = new ActivationProbe({ activation: "relu", shape: [2, 1, 3], measured: true });
  // Two pictures of two places; the second channel speaks at one place of one of them.
  p.see(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0));
  expect(p.silent).toBeCloseTo(1 / 3, 12);
  p.see(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  expect(p.silent).toBeCloseTo(2 / 3, 12);
  expect(p.endEpoch()).toBeCloseTo(1 / 3, 12);
});

it("goes on with an epoch from the units that another probe saw active", () => {
  const first = probe("relu");
  first.see(Float32Array.of(0, 2));
  const second = probe("relu");
  second.epoch.set(first.epoch);
  second.see(Float32Array.of(0, 0));
  expect(second.endEpoch()).toBe(0.5);
});

it.each<ActivationName>(["leakyRelu", "elu", "selu", "gelu", "swish", "linear", "sigmoid"])(
  "has no silent share for %s",
  (name) => {
    const p = probe(name);
    p.see(Float32Array.of(0, 0));
    expect([p.silent, p.endEpoch()]).toEqual([null, null]);
  },
);

it("counts outputs within 0.01 of an asymptote", () => {
  const sigmoid = probe("sigmoid");
  sigmoid.see(Float32Array.of(0.001, 0.02, 0.98, 0.999));
  expect(sigmoid.saturated).toBe(0.5);
  const tanh = probe("tanh");
  tanh.see(Float32Array.of(-0.999, -0.98, 0, 0.995));
  expect(tanh.saturated).toBe(0.5);
  expect(tanh.silent).toBeNull();
});

it("shows NaN, and NaN is not silence", () => {
  const p = probe("relu");
  p.see(Float32Array.of(Number.NaN, 0));
  expect([p.mean, p.std, p.silent]).toEqual([Number.NaN, Number.NaN, 0.5]);
});

it("says nothing of a layer that is not measured", () => {
  const p = probe(null, 2, false);
  p.see(Float32Array.of(1, 2));
  expect([p.mean, p.std, p.silent, p.saturated]).toEqual([null, null, null, null]);
});
