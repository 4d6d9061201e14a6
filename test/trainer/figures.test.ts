/** What is measured before the first update, and the tests that stand in for a training. */
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataEvent, InitialEvent, TelemetryEvent } from "../../telemetry/events.ts";
import { clusters, recipe, TrainerBench } from "../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
  bench.write("clusters.csv", clusters(90, 4, 3));
});
afterAll(() => bench.remove());

const train = (overrides: Record<string, unknown> = {}, args: string[] = []) =>
  bench.train(bench.write("net.train.json", recipe(overrides)), args);

function one<E extends TelemetryEvent>(events: TelemetryEvent[], kind: E["kind"]): E {
  const found = events.filter((event): event is E => event.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const dense = (units: number, activation: string, more = {}) => ({
  type: "dense",
  units,
  activation,
  ...more,
});

describe("before the first update", () => {
  it("is the first step's own pass, without its update", async () => {
    const { events, steps } = await train();
    const initial = one<InitialEvent>(events, "initial");
    expect(events[events.indexOf(initial) + 1]).toBe(steps[0]);
    const { updateRatio, ...columns } = steps[0]!.layers!;
    const { updateRatio: none, ...measured } = initial.layers;
    expect(measured).toEqual(columns);
    expect(updateRatio.every((ratio) => ratio! > 0)).toBe(true);
    expect(none).toEqual([null, null]);
    expect(initial).toMatchObject({
      loss: steps[0]!.loss,
      gradientNorm: steps[0]!.gradientNorm,
      identicalUnits: [0, 0],
    });
    // Three probabilities.
    expect(initial.outputs.mean).toBeCloseTo(1 / 3, 6);
    expect(initial.outputs.min).toBeGreaterThan(0);
    expect(initial.outputs.max).toBeLessThan(1);
    expect(initial.outputs.spread).toBeGreaterThan(0);
  });

  it("S0-05: units that start alike stay alike, and every epoch says so; ln 3 is what a network of zeros costs", async () => {
    const zeros = { kernelInitializer: "zeros" };
    const { events, epochs } = await train({
      layers: [dense(8, "tanh", zeros), { type: "dropout", rate: 0 }, dense(3, "softmax", zeros)],
      optimizer: { type: "sgd", learningRate: 0.1 },
    });
    const initial = one<InitialEvent>(events, "initial");
    expect(initial.identicalUnits).toEqual([1, null, 1]);
    expect(initial.loss).toBeCloseTo(Math.log(3), 6);
    expect(initial.outputs).toEqual({
      mean: expect.closeTo(1 / 3, 6),
      std: 0,
      min: expect.closeTo(1 / 3, 6),
      max: expect.closeTo(1 / 3, 6),
      spread: 0,
    });
    for (const { identicalUnits } of epochs) expect(identicalUnits![0]).toBe(1);
  });

  it("the data are those that the network gets", async () => {
    const { events, header } = await train();
    const data = one<DataEvent>(events, "data");
    expect(data.featureScale!.largestRms).toBeCloseTo(1, 6);
    expect(data.featureScale!.smallestRms).toBeCloseTo(1, 6);
    // One-hot columns of nearly even classes: p(1 − p).
    const { kind, outputs, variance } = data.targets!;
    expect([kind, outputs]).toEqual(["class", 3]);
    expect(variance).toBeCloseTo(2 / 9, 2);
    expect(data.invalid).toEqual({ inputs: 0, targets: 0, first: null });
    expect(data.neighbours!.train).toBeGreaterThan(0.9);
    const rows = data.validationLabels!.reduce((sum, { count }) => sum + count, 0);
    expect(rows).toBe(header!.examples.validation);
  });

  it("the header says what the diagnosis asks of the settings", async () => {
    const { header } = await train({
      layers: [
        dense(8, "relu", { kernelRegularizer: { l2: 0.01 }, learningRateMultiplier: 0 }),
        { type: "dropout", rate: 0.25 },
        { type: "residual", layers: [dense(8, "relu", { useBias: false })] },
        dense(3, "softmax"),
      ],
    });
    expect(header).toMatchObject({
      inputShape: [4],
      shuffle: true,
      dropRemainder: false,
      fromLogits: false,
      scaling: ["standardize"],
      augmented: false,
    });
    const [hidden, dropout, inner, block, output] = header!.layers;
    expect(hidden).toMatchObject({ trainable: false, l2: 0.01, bias: true });
    expect(hidden).not.toHaveProperty("l1");
    expect(dropout).toMatchObject({ rate: 0.25 });
    expect(dropout).not.toHaveProperty("trainable");
    expect(inner).toMatchObject({ bias: false, trainable: true });
    expect(block).toMatchObject({ skip: true });
    expect(output).not.toHaveProperty("skip");
  });
});

describe("at each step", () => {
  it("follows the gradient's direction, and how far clipping by value turns it", async () => {
    const optimizer = { type: "sgd", learningRate: 0.001, clipValue: 1e-4 };
    const { steps } = await train({ optimizer, batchSize: "full", epochs: 4 });
    expect(steps[0]).not.toHaveProperty("gradientCosine");
    // Tiny steps on all examples: nearly the same gradient again.
    for (const { gradientCosine } of steps.slice(1)) expect(gradientCosine).toBeGreaterThan(0.999);
    // What is left are little more than signs, a corner of a cube.
    for (const { clipAngle } of steps) {
      expect(clipAngle).toBeGreaterThan(5);
      expect(clipAngle).toBeLessThan(90);
    }
    const { steps: free } = await train({ epochs: 1 });
    expect(free[0]).not.toHaveProperty("clipAngle");
  });

  it("S4-08: epochs name the rows that take the draws", async () => {
    const { epochs } = await train({ emphasis: { power: 4 }, epochs: 3 });
    const [before, first, second] = epochs;
    expect(before).not.toHaveProperty("emphasized");
    expect(first).not.toHaveProperty("emphasized");
    // One row of 62.
    expect(second!.emphasized!.rows).toHaveLength(1);
    expect(second!.emphasized!.share).toBeGreaterThan(1 / 62);
  });
});

/** Events and nothing else. */
const filesOf = (run: string) => readdirSync(run).filter((file) => file.endsWith(".safetensors"));

describe("a test instead of a training", () => {
  it("preflight looks, and neither counts a step nor keeps a weight", async () => {
    const { code, events, run, epochs, end } = await train({}, ["--preflight"]);
    expect(code).toBe(0);
    expect(events.map(({ kind }) => kind)).toEqual(["run", "data", "epoch", "initial", "end"]);
    const { train: before, validation } = epochs[0]!;
    expect(end).toMatchObject({
      status: "completed",
      step: 0,
      epoch: 0,
      train: before,
      validation,
    });
    expect(filesOf(run)).toEqual([]);
    const whole = await train();
    const initial = one<InitialEvent>(events, "initial");
    expect(one<InitialEvent>(whole.events, "initial")).toEqual(initial);
  });

  it("S3-22: a healthy network learns a batch by heart, whatever keeps it from that in a training", async () => {
    const { header, steps, end, run } = await train(
      {
        layers: [
          dense(32, "relu", { kernelRegularizer: { l2: 10 } }),
          { type: "dropout", rate: 0.9 },
          dense(3, "softmax"),
        ],
        optimizer: { type: "adamw", learningRate: 0.02, weightDecay: 50 },
      },
      ["--overfit-batch", "12"],
    );
    expect(header).toMatchObject({ batchSize: 12, examples: { train: 12, validation: 0 } });
    expect(header!.layers[1]).toMatchObject({ rate: 0 });
    expect(end!.status).toBe("completed");
    expect(steps.length).toBeLessThan(200);
    expect(end!.train!["loss"]).toBeLessThan(0.05 * steps[0]!.loss);
    expect(filesOf(run)).toEqual([]);
  });

  it("S3-22: one that cannot learn gives up after 200 steps", async () => {
    const { steps, end } = await train({ optimizer: { type: "sgd", learningRate: 1e-12 } }, [
      "--overfit-batch",
      "12",
    ]);
    expect(steps).toHaveLength(200);
    expect(end!.train!["loss"]).toBeGreaterThan(0.05 * steps[0]!.loss);
  });

  it("the range test goes from 1e-8 towards 10 by one factor, and ends where the loss has gone", async () => {
    const { steps, end, run } = await train(
      {
        layers: [dense(16, "linear"), dense(1, "linear")],
        loss: "meanSquaredError",
        optimizer: { type: "sgd", momentum: 0.9, schedule: { type: "cosine" } },
      },
      ["--range-test"],
    );
    const rates = steps.map(({ learningRate }) => learningRate);
    expect(rates[0]).toBe(1e-8);
    for (const [i, rate] of rates.slice(1).entries()) {
      expect(rate / rates[i]!).toBeCloseTo(1e9 ** (1 / 99), 4);
    }
    expect(steps.length).toBeGreaterThan(50);
    expect(steps.length).toBeLessThan(100);
    const losses = steps.map(({ loss }) => loss);
    expect(losses.at(-1)! > 4 * Math.min(...losses) || !Number.isFinite(losses.at(-1))).toBe(true);
    expect(end).toMatchObject({ status: "completed", step: steps.length });
    expect(filesOf(run)).toEqual([]);
  });

  it("the range test takes as many steps as it may make", async () => {
    const { steps } = await train({ optimizer: { type: "adam" } }, [
      "--range-test",
      "--max-steps",
      "9",
    ]);
    expect(steps.map(({ learningRate }) => Math.log10(learningRate)).at(4)).toBeCloseTo(-3.5, 6);
  });
});
