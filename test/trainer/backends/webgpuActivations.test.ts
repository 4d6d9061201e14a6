import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ActivationName } from "../../../recipe/names.ts";
import { DeviceActivations } from "../../../trainer/backends/webgpu/activations.ts";
import type { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { Results } from "../../../trainer/backends/webgpu/results.ts";
import { type ActivationFigures, ActivationProbe } from "../../../trainer/probe/activations.ts";
import { startSoftwareGpu, whyNoWebgpu } from "./softwareGpu.ts";

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = (await startSoftwareGpu()).gpu;
  });

  /** A layer as the GPU and the host see it. */
  function watch(activation: ActivationName | null, shape: number[], measured = true) {
    const results = new Results(gpu);
    const watched = { activation, shape, measured };
    const frame = gpu.uniform(new ArrayBuffer(16));
    const device = new DeviceActivations(gpu, results, frame, watched);
    const host = new ActivationProbe(watched);
    let pass = 0;
    return {
      async see(values: Float32Array): Promise<[ours: ActivationFigures, host: ActivationFigures]> {
        results.begin(0);
        pass++;
        gpu.write(frame, Uint32Array.of(pass));
        const tensor = tf.tensor(values);
        device.see(tensor);
        tensor.dispose();
        host.see(values);
        const { mean, std, silent, saturated } = host;
        return [device.figures(await results.read(), pass), { mean, std, silent, saturated }];
      },
      endEpoch: () => [device.endEpoch(), host.endEpoch()],
    };
  }

  /** The mean within a millionth of the deviation, and the deviation within a millionth of itself. */
  function expectSame(ours: ActivationFigures, host: ActivationFigures, what: string) {
    const { mean, std } = host;
    expect(Math.abs(ours.mean! - mean!), what).toBeLessThanOrEqual(1e-6 * std!);
    expect(Math.abs(ours.std! - std!), what).toBeLessThanOrEqual(1e-6 * std!);
    expect({ ...ours, mean, std }, what).toEqual(host);
  }

  const random = (count: number, make: (u: number, i: number) => number) =>
    Float32Array.from({ length: count }, (_, i) => make(Math.sin(i * i + 1), i));

  it.each<[shape: number[], rows: number]>([
    [[1], 1],
    [[3], 7],
    [[10], 64],
    [[200], 64],
    [[300], 64],
    [[1000], 5],
    [[9, 9, 8], 16],
    [[26, 26, 32], 8],
    [[5000], 60],
  ])("measures what the host measures, %j from %d examples", async (shape, rows) => {
    const count = rows * shape.reduce((a, b) => a * b);
    for (const activation of ["linear", "relu", "sigmoid", "tanh"] as const) {
      const values = random(count, (u, i) => {
        if (activation === "relu") return i % shape.at(-1)! < 2 ? 0 : Math.max(0, u);
        return activation === "sigmoid" ? (1 + u) / 2 : u;
      });
      expectSame(...(await watch(activation, shape).see(values)), activation);
    }
  });

  it("does not lose a deviation beside a large mean", async () => {
    const values = random(64 * 64, (u) => 10_000 + Math.round(8 * u) / 8);
    const [ours, host] = await watch("linear", [64]).see(values);
    expect(host.std).toBeGreaterThan(0.5);
    expect(ours.std! / host.std!).toBeCloseTo(1, 6);
    expect(ours.mean! / host.mean!).toBeCloseTo(1, 12);
  });

  it.each([1e-22, 1e22])(
    "measures values around %d, whose squares 32 bits do not hold",
    async (size) => {
      const [ours, host] = await watch("linear", [64]).see(random(64 * 100, (u) => size * (u + 2)));
      expect(ours.std! / host.std!).toBeCloseTo(1, 6);
      expect(ours.mean! / host.mean!).toBeCloseTo(1, 6);
    },
  );

  it("shows NaN and infinity, and counts them as active", async () => {
    for (const wild of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const at of [0, 5000]) {
        const values = random(10_000, (u, i) => (i === at ? wild : i % 10 === 3 ? u : 0));
        const [ours, host] = await watch("relu", [10]).see(values);
        expect(ours, `${wild} at ${at}`).toEqual(host);
        expect(ours.silent).toBe(0.8);
      }
    }
    const both = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const [ours] = await watch("linear", [1]).see(both);
    expect(ours.mean).toBeNaN();
  });

  it("sees by the bits: −0 is silent, a denormal number and a negative NaN are not", async () => {
    const values = new Float32Array(4);
    new Uint32Array(values.buffer).set([0x8000_0000, 1, 0xffc0_0000, 0]);
    const [ours, host] = await watch("relu", [4]).see(values);
    expect([ours.silent, host.silent]).toEqual([0.5, 0.5]);
  });

  it("takes NaN for saturated on neither side", async () => {
    const values = Float32Array.of(Number.NaN, 0.001, 0.5, 0.995);
    const [ours] = await watch("sigmoid", [1]).see(values);
    expect(ours.saturated).toBe(0.5);
  });

  it("remembers over an epoch which units were ever active", async () => {
    const { see, endEpoch } = watch("relu", [2]);
    await see(Float32Array.of(0, 0, 0, 0));
    await see(Float32Array.of(0, 0, 0, 3));
    const [last] = await see(Float32Array.of(0, 0));
    expect(last.silent).toBe(1);
    expect(endEpoch()).toEqual([0.5, 0.5]);
    await see(Float32Array.of(1, 0));
    expect(endEpoch()).toEqual([0.5, 0.5]);
    expect(endEpoch()).toEqual([1, 1]);
  });

  it("says nothing of a layer that is not measured", async () => {
    const { see, endEpoch } = watch(null, [2], false);
    const nothing = { mean: null, std: null, silent: null, saturated: null };
    expect(await see(Float32Array.of(1, 2))).toEqual([nothing, nothing]);
    expect(endEpoch()).toEqual([null, null]);
  });
});
