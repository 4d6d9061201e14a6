import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusters, recipe, recorded, story, TrainerBench, until } from "../helpers/trainer.ts";

let bench: TrainerBench;
beforeAll(() => {
  bench = new TrainerBench();
  bench.write("clusters.csv", clusters(90, 4, 3));
});
afterAll(() => bench.remove());

/** Everything that has a memory: running figures, dropout, noise, rows by their loss, a stopping that waits. */
const layers = [
  { type: "dense", name: "first", units: 12, kernelRegularizer: { l2: 0.001 } },
  { type: "batchNormalization", name: "norm" },
  { type: "activation", name: "relu", activation: "relu" },
  { type: "dropout", name: "drop", rate: 0.3 },
  { type: "dense", name: "second", units: 6, activation: "relu" },
  { type: "dense", name: "output", units: 3, activation: "softmax" },
];
const everything = {
  data: { csv: "clusters.csv", label: "y", augment: { noise: 0.05 } },
  layers,
  emphasis: { power: 1.5 },
  earlyStopping: { patience: 3 },
  epochs: 8,
};

const OPTIMIZERS: Record<string, object> = {
  "adam with a cosine and clipping": {
    type: "adam",
    learningRate: 0.02,
    clipNorm: 0.5,
    schedule: { type: "warmupCosine", warmupEpochs: 2 },
  },
  "nesterov that reduces on a plateau": {
    type: "sgd",
    learningRate: 0.1,
    momentum: 0.9,
    nesterov: true,
    schedule: { type: "reduceOnPlateau", factor: 0.5, patience: 2, minDelta: 0.2 },
  },
  "torch's momentum": { type: "sgd", learningRate: 0.05, momentum: 0.9, momentumForm: "torch" },
  rmsprop: { type: "rmsprop", learningRate: 0.01 },
  adamw: { type: "adamw", learningRate: 0.02, weightDecay: 0.1 },
};

const write = (overrides: object, name = "net.train.json") =>
  bench.write(name, recipe({ ...everything, ...overrides }));

/** A whole story: it counts from the first step, and its run says where it comes from. */
function expectSame(run: string, uninterrupted: string): void {
  expect(story(run)).toEqual(story(uninterrupted));
  const { steps, epochs } = recorded(run);
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
  expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i));
  const seconds = steps.map((step) => step.seconds);
  expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
}

describe.each(Object.entries(OPTIMIZERS))("%s", (_name, optimizer) => {
  it("goes on from inside an epoch bit for bit: losses, columns, silent units, weights", async () => {
    const path = write({ optimizer });
    const whole = await bench.train(path);
    expect([whole.code, whole.stderr]).toEqual([0, ""]);
    // Four updates an epoch: the third of the third.
    const part = await bench.train(path, ["--max-steps", "11"]);
    expect(part.end).toMatchObject({ status: "completed", step: 11, epoch: 3 });
    const rest = await bench.train(path, ["--resume", part.run]);
    expect([rest.code, rest.stderr]).toEqual([0, ""]);
    expect(rest.header!.resumed).toEqual({ run: part.header!.id, step: 11 });
    expectSame(rest.run, whole.run);
  });
});

const path = () => write({ optimizer: OPTIMIZERS["nesterov that reduces on a plateau"] });

describe("a run goes on", () => {
  it("after two interruptions", async () => {
    const whole = await bench.train(path());
    const first = await bench.train(path(), ["--max-steps", "5"]);
    const second = await bench.train(path(), ["--resume", first.run, "--max-steps", "8"]);
    const third = await bench.train(path(), ["--resume", second.run]);
    expect(third.header!.resumed).toEqual({ run: second.header!.id, step: 8 });
    expectSame(third.run, whole.run);
  });

  it("after a stop before the first step", async () => {
    const whole = await bench.train(path());
    const run = bench.newRunFolder();
    writeFileSync(join(run, "stop"), "");
    await bench.start(path(), run).done;
    expect(recorded(run)).toMatchObject({ steps: [], end: { status: "stopped", step: 0 } });
    const rest = await bench.train(path(), ["--resume", run]);
    expectSame(rest.run, whole.run);
  });

  it("after a stop by file, wherever it came", async () => {
    const long = write({
      optimizer: OPTIMIZERS["adam with a cosine and clipping"],
      earlyStopping: { patience: 1000 },
      epochs: 300,
    });
    const whole = await bench.train(long);
    const run = bench.newRunFolder();
    const { done } = bench.start(long, run);
    await until(() => eventsSize(run) > 100_000);
    writeFileSync(join(run, "stop"), "");
    expect((await done).code).toBe(0);
    const { end } = recorded(run);
    expect(end).toMatchObject({ status: "stopped" });
    expect(end!.step).toBeLessThan(1200);
    const rest = await bench.train(long, ["--resume", run]);
    expectSame(rest.run, whole.run);
  });

  it("after it was killed, from the last checkpoint; what came later is told anew", async () => {
    const long = write({
      optimizer: OPTIMIZERS["adam with a cosine and clipping"],
      earlyStopping: { patience: 1000 },
      epochs: 300,
      checkpoints: { every: 7 },
    });
    const whole = await bench.train(long);
    const run = bench.newRunFolder();
    const { child, done } = bench.start(long, run);
    await until(() => eventsSize(run) > 60_000);
    child.kill("SIGKILL");
    await done;
    // A line that was being written.
    appendFileSync(join(run, "events.ndjson"), '{"kind":"st');
    const rest = await bench.train(long, ["--resume", run]);
    expect([rest.code, rest.stderr]).toEqual([0, ""]);
    const { step } = rest.header!.resumed!;
    expect(step).toBeGreaterThan(0);
    expect(step % 28).toBe(0);
    expectSame(rest.run, whole.run);
  });

  it("for more epochs than it had: as if it had been asked for them at once", async () => {
    const constant = write({ optimizer: { type: "adam", learningRate: 0.01 } });
    const whole = await bench.train(constant, ["--epochs", "6"]);
    const part = await bench.train(constant, ["--epochs", "3"]);
    const rest = await bench.train(constant, ["--resume", part.run, "--epochs", "6"]);
    expectSame(rest.run, whole.run);
  });

  it("to the same end where early stopping had ended it", async () => {
    const impatient = write({
      optimizer: { type: "sgd", learningRate: 1e-30 },
      earlyStopping: { patience: 2, minDelta: 1 },
    });
    const whole = await bench.train(impatient);
    expect(whole.end).toMatchObject({ status: "completed", epoch: 3, bestEpoch: 1 });
    const rest = await bench.train(impatient, ["--resume", whole.run]);
    expectSame(rest.run, whole.run);
  });

  it("no further than it is told to", async () => {
    const part = await bench.train(path(), ["--max-steps", "6"]);
    const rest = await bench.train(path(), ["--resume", part.run, "--max-steps", "6"]);
    expect(rest.steps).toHaveLength(6);
    expectSame(rest.run, part.run);
  });

  it("with the seed and the fold that it began with", async () => {
    const part = await bench.train(path(), ["--max-steps", "6", "--seed", "9", "--fold", "2/5"]);
    const whole = await bench.train(path(), ["--seed", "9", "--fold", "2/5"]);
    const rest = await bench.train(path(), ["--resume", part.run, "--seed", "4"]);
    expect(rest.header).toMatchObject({ seed: 9, fold: { index: 2, of: 5 } });
    expectSame(rest.run, whole.run);
  });
});

it("writes a checkpoint every so many epochs, and one at the end, for other tools to read", async () => {
  const kept = write({ checkpoints: { every: 2 }, epochs: 5, earlyStopping: { patience: 99 } });
  const { run, events } = await bench.train(kept);
  const checkpoints = events.flatMap((event) => (event.kind === "checkpoint" ? [event] : []));
  expect(checkpoints.map(({ step, epoch, file }) => [step, epoch, file])).toEqual([
    [8, 2, "checkpoint-8.safetensors"],
    [16, 4, "checkpoint-16.safetensors"],
    [20, 5, "checkpoint-20.safetensors"],
    [20, checkpoints.at(-1)!.epoch, "weights.safetensors"],
  ]);
  const files = readdirSync(run).filter((file) => file.endsWith("safetensors"));
  expect(files.sort()).toEqual(checkpoints.map(({ file }) => file).sort());
  // Plain names and shapes, as in the file of weights.
  const { length, header } = headerOf(join(run, "checkpoint-8.safetensors"));
  expect(length % 8).toBe(0);
  expect(header["first.kernel"]).toMatchObject({ dtype: "F32", shape: [4, 12] });
  expect(header["norm.moving_mean"]).toMatchObject({ dtype: "F32", shape: [12] });
});

describe("a run is not resumed, in one sentence at its place,", () => {
  const refused = async (run: string, changes: object, sentence: RegExp) => {
    const text = JSON.stringify(recipe({ ...everything, ...changes }), null, 2);
    const other = bench.write("other.train.json", text);
    const { code, stderr, events } = await bench.train(other, ["--resume", run]);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
    expect(events.map(({ kind }) => kind)).toEqual(["end"]);
  };
  let run: string;
  beforeAll(async () => {
    ({ run } = await bench.train(write({}), ["--max-steps", "6"]));
  });
  const LAST = "Resume with the recipe that it was trained with\\.$";

  it.each([
    [
      "with wider layers",
      {
        layers: layers.map((layer) => ({ ...layer, ...(layer.name === "second" && { units: 7 }) })),
      },
      /:\d+:13: The run cannot be resumed with this recipe: its layers are others \(second\.kernel is 12 × 7 now\)/,
    ],
    [
      "with a layer less",
      { layers: layers.filter(({ name }) => name !== "norm") },
      /cannot be resumed with this recipe: its layers are others/,
    ],
    [
      "with fewer rows",
      { data: { ...everything.data, rows: 60 } },
      /:2:11: The run cannot be resumed with this recipe: it trained on 62 examples, and now there are 42\./,
    ],
    [
      "with another optimizer",
      { optimizer: { type: "rmsprop", learningRate: 0.01 } },
      /cannot be resumed with this recipe: its optimizer was adam, and is rmsprop now/,
    ],
    [
      "inside an epoch with other batches",
      { batchSize: 8 },
      /cannot be resumed with this recipe: it stopped inside an epoch, and its batches had another size/,
    ],
  ])("%s", async (_what, changes, sentence) => {
    await refused(run, changes, new RegExp(`${sentence.source}.*${LAST}`));
  });

  it("where there is none", async () => {
    await refused(
      join(bench.folder, "nowhere"),
      {},
      /nowhere holds no run: name the folder of one\.$/,
    );
  });

  it("that has no checkpoint", async () => {
    const folder = bench.newRunFolder();
    copyFileSync(join(run, "events.ndjson"), join(folder, "events.ndjson"));
    await refused(
      folder,
      {},
      /has no checkpoint to resume from: add "checkpoints": \{ "every": 5 \}/,
    );
  });

  it("whose checkpoint is damaged", async () => {
    const folder = bench.newRunFolder();
    const name = "checkpoint-6.safetensors";
    copyFileSync(join(run, "events.ndjson"), join(folder, "events.ndjson"));
    writeFileSync(join(folder, name), readFileSync(join(run, name)).subarray(0, 2000));
    await refused(
      folder,
      {},
      /^Cannot read the checkpoint .*checkpoint-6\.safetensors: The file is not a whole safetensors file\.$/,
    );
    rmSync(join(folder, name));
  });
});

function eventsSize(run: string): number {
  try {
    return readFileSync(join(run, "events.ndjson")).length;
  } catch {
    return 0;
  }
}

function headerOf(file: string) {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE(0));
  return { length, header: JSON.parse(bytes.toString("utf8", 8, 8 + length)) };
}
