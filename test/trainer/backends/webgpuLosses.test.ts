import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Gpu } from "../../../trainer/backends/webgpu/gpu.ts";
import { DeviceLoss, RECORD_LENGTH } from "../../../trainer/backends/webgpu/loss.ts";
import { Results } from "../../../trainer/backends/webgpu/results.ts";
import { ENCODINGS } from "../../../trainer/data/encoding.ts";
import { binaryCrossentropy } from "../../../trainer/model/losses/binaryCrossentropy.ts";
import type { Loss } from "../../../trainer/model/losses/loss.ts";
import { meanSquaredError } from "../../../trainer/model/losses/meanSquaredError.ts";
import { softmaxCrossentropy } from "../../../trainer/model/losses/softmaxCrossentropy.ts";
import { startSoftwareGpu, whyNoWebgpu } from "./softwareGpu.ts";

const { NaN: NAN, POSITIVE_INFINITY: INF } = Number;

describe.skipIf(whyNoWebgpu)(`on WebGPU${whyNoWebgpu ? `, not run: ${whyNoWebgpu}` : ""}`, () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = (await startSoftwareGpu()).gpu;
  });

  async function onDevice(loss: Loss, values: Float32Array, targets: Float32Array) {
    const rows = targets.length;
    const units = values.length / rows;
    const results = new Results(gpu);
    // Something before it, as in a training.
    results.reserve(5);
    const at = results.begin(rows * RECORD_LENGTH);
    const settings = new ArrayBuffer(16);
    new Uint32Array(settings).set([1, rows, at]);
    new Float32Array(settings).set([NAN], 3);
    const device = new DeviceLoss(gpu, results, gpu.uniform(settings), loss);
    const tensor = tf.tensor2d(values, [rows, units]);
    const { outputs, gradient } = device.apply(tensor, targets);
    const figures = await results.read();
    const rowLosses = new Float32Array(rows);
    const totals = device.totals(figures, at, targets, units, rowLosses);
    const read = async (from: tf.Tensor) => new Float32Array(await gpu.read(gpu.bufferOf(from)));
    return { totals, rowLosses, outputs: await read(outputs), gradient: await read(gradient) };
  }

  function onHost(loss: Loss, values: Float32Array, targets: Float32Array) {
    const outputs = new Float32Array(values.length);
    const gradient = new Float32Array(values.length);
    const rowLosses = new Float32Array(targets.length);
    const units = values.length / targets.length;
    const totals = loss.forward(values, targets, units, outputs, rowLosses);
    loss.backward(outputs, targets, units, 1, gradient);
    return { totals, rowLosses, outputs, gradient };
  }

  /** Of both their own size and that of the largest, which is what 32 bits keep of a probability near 1. */
  function expectNear(ours: Float32Array, theirs: Float32Array, what: string) {
    const largest = theirs.reduce(
      (max, x) => (Number.isFinite(x) ? Math.max(max, Math.abs(x)) : max),
      0,
    );
    for (const [i, value] of ours.entries()) {
      const other = theirs[i]!;
      const allowed = 2e-6 * Math.abs(other) + 2e-7 * largest;
      if (!Number.isFinite(other)) expect(value, `${what} ${i}`).toBe(other);
      else {
        expect(Math.abs(value - other), `${what} ${i}: ${value}`).toBeLessThanOrEqual(allowed);
      }
    }
  }

  async function expectSame(loss: Loss, values: Float32Array, targets: Float32Array) {
    const ours = await onDevice(loss, values, targets);
    const host = onHost(loss, values, targets);
    expectNear(ours.outputs, host.outputs, "output");
    expectNear(ours.gradient, host.gradient, "gradient");
    expectNear(ours.rowLosses, host.rowLosses, "row");
    expect(ours.totals.correct).toBe(host.totals.correct);
    if (Number.isFinite(host.totals.loss)) {
      expect(ours.totals.loss / host.totals.loss).toBeCloseTo(1, 6);
    } else expect(ours.totals.loss).toBe(host.totals.loss);
  }

  const values = (count: number, scale: number) =>
    Float32Array.from({ length: count }, (_, i) => scale * Math.sin(i * i + 1));
  const classes = (rows: number, of: number) =>
    Float32Array.from({ length: rows }, (_, row) => (row * 7) % of);

  it.each([0.1, 1, 10, 80])(
    "gives the host's softmax cross-entropy of logits up to %d",
    async (scale) => {
      await expectSame(softmaxCrossentropy, values(130 * 10, scale), classes(130, 10));
      await expectSame(softmaxCrossentropy, values(3 * 1000, scale), classes(3, 1000));
    },
  );

  it("keeps a loss far below what 32 bits hold beside 1", async () => {
    // ln(1 + e^-30)
    const { totals } = await onDevice(
      softmaxCrossentropy,
      Float32Array.of(30, 0),
      Float32Array.of(0),
    );
    expect(totals.loss / 9.3576e-14).toBeCloseTo(1, 4);
  });

  it("takes the first of equal logits for the most likely class", async () => {
    const { totals } = await onDevice(
      softmaxCrossentropy,
      new Float32Array(4),
      Float32Array.of(0, 1),
    );
    expect(totals.correct).toBe(1);
    expect(totals.loss).toBeCloseTo(2 * Math.LN2, 12);
  });

  it("shows NaN and infinity in the logits, and no row's beside it", async () => {
    for (const wild of [NAN, INF]) {
      const logits = Float32Array.of(1, wild, 3, 1, 2, 3);
      const { totals, rowLosses, outputs, gradient } = await onDevice(
        softmaxCrossentropy,
        logits,
        Float32Array.of(0, 2),
      );
      expect([...outputs.slice(0, 3), ...gradient.slice(0, 3)]).toEqual(Array(6).fill(NAN));
      expect([...outputs, ...gradient].filter(Number.isNaN)).toHaveLength(6);
      expect(rowLosses[0]).toBeNaN();
      expect(rowLosses[1]).toBeCloseTo(0.407606, 6);
      expect(totals).toEqual({ loss: NAN, correct: 1 });
    }
    await expectSame(softmaxCrossentropy, Float32Array.of(-INF, 0, 1), Float32Array.of(0));
    await expectSame(softmaxCrossentropy, Float32Array.of(-INF, -INF), Float32Array.of(0));
  });

  it.each([1, 20, 200])(
    "gives the host's binary cross-entropy of logits up to %d",
    async (scale) => {
      await expectSame(binaryCrossentropy, values(200, scale), classes(200, 2));
    },
  );

  it("shows NaN and infinity in the one logit", async () => {
    const logits = Float32Array.of(NAN, INF, -INF, INF, -INF);
    await expectSame(binaryCrossentropy, logits, Float32Array.of(0, 0, 0, 1, 1));
  });

  it.each<[targets: keyof typeof ENCODINGS, classes: number]>([
    ["values", 5],
    ["zeroOne", 2],
    ["plusMinusOne", 2],
    ["plusMinusOne", 4],
    ["oneHot", 10],
  ])("gives the host's mean squared error, targets as %s of %d", async (name, of) => {
    const encoding = ENCODINGS[name](of);
    const loss = meanSquaredError(encoding);
    for (const scale of [1e-3, 1, 1e3]) {
      await expectSame(loss, values(70 * encoding.units, scale), classes(70, of));
    }
  });

  it("squares errors of any size, and shows NaN and infinity", async () => {
    const loss = meanSquaredError(ENCODINGS.oneHot(2));
    const targets = Float32Array.of(0, 0, 0, 0, 0, 0);
    const wild = Float32Array.of(1, 1e-25, 3e25, 4e25, 1, 0, NAN, 1, INF, 0, 0, -INF);
    const { rowLosses, totals } = await onDevice(loss, wild, targets);
    expect(totals).toEqual({ loss: NAN, correct: 4 });
    expect(onHost(loss, wild, targets).totals).toEqual({ loss: NAN, correct: 4 });
    // A row's loss is kept in 32 bits; the total is not.
    expect([...rowLosses]).toEqual([0, INF, 0, NAN, INF, INF]);
    const { totals: large } = await onDevice(loss, Float32Array.of(3e25, 4e25), Float32Array.of(0));
    expect(large.loss / 1.25e51).toBeCloseTo(1, 6);
  });
});
