import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { ACTIVATIONS, type ActivationName } from "../../../recipe/names.ts";
import { ACTIVATE } from "../../../trainer/model/activations.ts";
import { stream } from "../../../trainer/random.ts";
import { BACKENDS, moments, START } from "./network.ts";

/** @param x one example */
function valuesAt(name: ActivationName, x: number[]): number[] {
  return tf.tidy(() => [...ACTIVATE[name](tf.tensor2d(x, [1, x.length])).dataSync()]);
}

function slopesAt(name: ActivationName, x: number[]): number[] {
  return tf.tidy(() => [
    ...tf
      .grad(ACTIVATE[name])(tf.tensor2d(x, [1, x.length]))
      .dataSync(),
  ]);
}

function expectNear(got: number[], wanted: number[], digits = 6): void {
  expect(got).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(got[i]).toBeCloseTo(value, digits);
  });
}

/** Both signs: products like 0 · ∞ give the negative one. */
function bothNaNs(): Float32Array {
  const values = Float32Array.of(1, Number.NaN, Number.NaN, -1);
  new Uint32Array(values.buffer)[2] = 0xffc0_0000;
  return values;
}

describe.each(BACKENDS)("on %s", (backend) => {
  beforeAll(() => START[backend]());

  it("S4-24: leakyRelu, swish and relu have the lessons' values", () => {
    expectNear(valuesAt("leakyRelu", [-1, 0, 2]), [-0.01, 0, 2]);
    expectNear(valuesAt("swish", [0, 1]), [0, 0.731059]);
    expectNear(valuesAt("relu", [-1, 0, 2]), [0, 0, 2]);
  });

  it("S4-24: leakyRelu lets a gradient through below zero, relu none", () => {
    expectNear(slopesAt("leakyRelu", [-3, 3]), [0.01, 1]);
    expectNear(slopesAt("relu", [-3, 3]), [0, 1]);
    expectNear(slopesAt("swish", [0, 1]), [0.5, 0.927671]);
  });

  it("gelu is exact: x times the normal distribution's share below x", () => {
    // Φ(−2), Φ(−1), Φ(1), Φ(2) of any table. The approximation by tanh gives −0.045402 at −2.
    const shares = [0.0227501319, 0.1586552539, 0.8413447461, 0.9772498681];
    expectNear(
      valuesAt("gelu", [-2, -1, 1, 2]),
      [-2, -1, 1, 2].map((x, i) => x * shares[i]!),
    );
    expectNear(valuesAt("gelu", [-10, 0, 10]), [0, 0, 10]);
  });

  it("S1-05: sigmoid's slope is 0.25 at most, at 0; relu's is 0 or 1", () => {
    const x = Array.from({ length: 201 }, (_, i) => (i - 100) / 10);
    const slopes = slopesAt("sigmoid", x);
    expect(Math.max(...slopes)).toBe(0.25);
    expect(slopes.indexOf(0.25)).toBe(100);
    expect(new Set(slopesAt("relu", x))).toEqual(new Set([0, 1]));
  });

  it("S4-12: on normal inputs tanh has mean 0, sigmoid 0.5", () => {
    const { normal } = stream(1, "x");
    const x = Array.from({ length: 10_000 }, normal);
    expect(Math.abs(moments(valuesAt("tanh", x)).mean)).toBeLessThan(0.02);
    expect(Math.abs(moments(valuesAt("sigmoid", x)).mean - 0.5)).toBeLessThan(0.01);
  });

  it("S4-13: tanh's slope is 1 at 0, and falls", () => {
    expectNear(slopesAt("tanh", [0, 1, 2, 3]), [1, 0.42, 0.0707, 0.0099], 3);
  });

  it("hardSigmoid, softsign, softplus and exponential have their formulas' values and slopes", () => {
    expectNear(valuesAt("hardSigmoid", [-3, -2.5, 0, 1, 4]), [0, 0, 0.5, 0.7, 1]);
    expectNear(slopesAt("hardSigmoid", [-3, 0, 1, 4]), [0, 0.2, 0.2, 0]);
    expectNear(valuesAt("softsign", [-4, 0, 1]), [-0.8, 0, 0.5]);
    // 1 / (1 + |x|)²
    expectNear(slopesAt("softsign", [-4, 1]), [0.04, 0.25]);
    // ln 2, and what large numbers leave of the 1.
    expectNear(valuesAt("softplus", [-50, 0, 50]), [0, Math.LN2, 50]);
    expectNear(slopesAt("softplus", [-50, 0, 50]), [0, 0.5, 1]);
    expectNear(valuesAt("exponential", [-1, 0, 1]), [1 / Math.E, 1, Math.E]);
    expectNear(slopesAt("exponential", [-1, 1]), [1 / Math.E, Math.E]);
  });

  it.each(ACTIVATIONS)("%s lets NaN through, of either sign", (name) => {
    const y = tf.tidy(() => ACTIVATE[name](tf.tensor2d(bothNaNs(), [1, 4])).dataSync());
    expect(y[1]).toBeNaN();
    expect(y[2]).toBeNaN();
  });
});
