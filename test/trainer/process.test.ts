import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusters, recipe, recorded, TrainerBench, until } from "../helpers/trainer.ts";

let bench: TrainerBench;
let endless: string;
beforeAll(() => {
  bench = new TrainerBench();
  bench.write("clusters.csv", clusters(90, 4, 3));
  endless = bench.write("endless.train.json", recipe({ epochs: 1_000_000 }));
});
afterAll(() => bench.remove());

const size = (run: string) => {
  const file = join(run, "events.ndjson");
  return existsSync(file) ? readFileSync(file).length : 0;
};

/** Starts a training without end and waits until it steps. */
async function startEndless() {
  const run = bench.newRunFolder();
  const { child, done } = bench.start(endless, run);
  await until(() => size(run) > 20_000);
  return { run, child, done };
}

describe("a stop", () => {
  it.each(["file", "SIGTERM", "SIGINT"] as const)(
    "by %s finishes the step, writes the checkpoint and ends: status 0",
    async (how) => {
      const { run, child, done } = await startEndless();
      if (how === "file") writeFileSync(join(run, "stop"), "");
      else child.kill(how);
      expect(await done).toEqual({ code: 0, signal: null, stderr: "" });
      const { events, steps, end } = recorded(run);
      expect(end).toMatchObject({ status: "stopped", error: null, step: steps.at(-1)!.step });
      expect(events.at(-2)).toMatchObject({ kind: "checkpoint", file: "weights.safetensors" });
      expect(existsSync(join(run, "weights.safetensors"))).toBe(true);
    },
  );
});

describe("a pause", () => {
  it("lasts until the file is gone", async () => {
    const { run, child, done } = await startEndless();
    writeFileSync(join(run, "pause"), "");
    await new Promise((resolve) => setTimeout(resolve, 400));
    const paused = size(run);
    const before = process.hrtime.bigint();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(process.hrtime.bigint() - before).toBeGreaterThan(400_000_000n);
    expect(size(run)).toBe(paused);
    expect(child.exitCode).toBeNull();
    rmSync(join(run, "pause"));
    await until(() => size(run) > paused);
    child.kill("SIGTERM");
    expect((await done).code).toBe(0);
    const steps = recorded(run).steps.map(({ step }) => step);
    expect(steps).toEqual(steps.map((_, i) => i + 1));
  });

  it.each(["file", "signal"])("obeys a stop by %s", async (how) => {
    const { run, child, done } = await startEndless();
    writeFileSync(join(run, "pause"), "");
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (how === "file") writeFileSync(join(run, "stop"), "");
    else child.kill("SIGTERM");
    expect((await done).code).toBe(0);
    expect(recorded(run).end).toMatchObject({ status: "stopped" });
  });
});

it("leaves whole lines only when it is killed", async () => {
  const { run, child, done } = await startEndless();
  child.kill("SIGKILL");
  expect((await done).signal).toBe("SIGKILL");
  const { text, end, steps } = recorded(run);
  expect(text.endsWith("\n")).toBe(true);
  expect(end).toBeUndefined();
  expect(steps.length).toBeGreaterThan(20);
});

describe("what fails", () => {
  it.runIf(existsSync("/dev/full"))(
    "says that the disk is full: status 3 (where the system has /dev/full)",
    async () => {
      const run = bench.newRunFolder();
      symlinkSync("/dev/full", join(run, "events.ndjson"));
      const { code, stderr } = await bench.start(endless, run).done;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^Cannot write .*events\.ndjson: the disk is full\. .*\n$/);
    },
  );

  it("says that the run folder is not there: status 3", async () => {
    const { code, stderr } = await bench.start(endless, join(bench.folder, "nowhere")).done;
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Cannot write .*nowhere.*: no such file\.\n$/);
  });

  it("says that the weights cannot be written: status 3, and the run has an end", async () => {
    const run = bench.newRunFolder();
    mkdirSync(join(run, "weights.safetensors"));
    const short = bench.write("short.train.json", recipe());
    const { code, stderr } = await bench.start(short, run).done;
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Cannot write .*weights\.safetensors: .*\n$/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(recorded(run).end).toMatchObject({ status: "failed", cause: "training" });
  });
});

describe("wrong input: status 2, one sentence at its place, and an end event", () => {
  const wrong = (name: string, overrides: Record<string, unknown>) =>
    bench.write(name, JSON.stringify(recipe(overrides), null, 2));

  it.each([
    [
      "no such data",
      { data: { csv: "none.csv", label: "y" } },
      /net\.train\.json:3:12: Cannot read .*none\.csv: no such file\.$/,
    ],
    [
      "no such label",
      { data: { csv: "clusters.csv", label: "z" } },
      /net\.train\.json:4:14: There is no column "z" in clusters\.csv/,
    ],
    [
      "too many rows",
      { data: { csv: "clusters.csv", label: "y", rows: 91 } },
      /net\.train\.json:5:13: "rows" asks for 91 rows, and there are 90: ask for at most that\.$/,
    ],
    [
      "the wrong number of units",
      { layers: [{ type: "dense", units: 8, activation: "softmax" }] },
      /net\.train\.json:9:16: The last layer has 8 units, and column y has 3 classes: set units to 3\.$/,
    ],
    [
      "a setting that does not exist",
      { epoch: 3 },
      /net\.train\.json:\d+:\d+: Unknown setting "epoch" in recipe: did you mean "epochs"\?$/,
    ],
    [
      "text in the data",
      { data: { csv: "text.csv", label: "y" } },
      /text\.csv:3:1: Line 3 of text\.csv, column "a": "x" is text/,
    ],
  ])("%s", async (_what, overrides, sentence) => {
    bench.write("text.csv", "a,y\n1,0\nx,1\n");
    const { code, stderr, events, end } = await bench.train(wrong("net.train.json", overrides));
    expect(code).toBe(2);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(events).toHaveLength(1);
    expect(end).toMatchObject({ status: "failed", cause: "input", step: 0 });
    expect(stderr.trim().endsWith(`: ${end!.error}`)).toBe(true);
  });

  it("names every mistake of a recipe", async () => {
    const { code, stderr } = await bench.train(
      wrong("two.train.json", { epochs: 0, batchSize: 0 }),
    );
    expect(code).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });

  it("a recipe that is not there, an unknown backend, wrong arguments", async () => {
    const missing = await bench.train(join(bench.folder, "none.train.json"));
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringMatching(/^Cannot read the recipe .*: no such file\.\n$/),
    ]);
    const backend = await bench.train(endless, ["--backend", "abacus"]);
    expect([backend.code, backend.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^There is no backend "abacus"; known here: auto, (\w+, )*wasm, (\w+, )*cpu\.\n$/,
      ),
    ]);
    const { code, stderr } = await bench.start(endless, bench.newRunFolder(), ["--epochs", "x"])
      .done;
    expect([code, stderr]).toEqual([
      2,
      '--epochs must be a whole number of at least 1, not "x".\n',
    ]);
  });
});
