import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Compile } from "typebox/compile";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Finding, Summary } from "../../diagnosis/finding.ts";
import { readRun } from "../helpers/readRun.ts";
import { copyOfExamples, type Result, startVitals, vitals } from "../helpers/vitals.ts";

let folder: string;
let remove: () => void;
beforeAll(() => {
  ({ folder, remove } = copyOfExamples());
});
afterAll(() => remove());

const findingSchema = Compile(Finding);
const summarySchema = Compile(Summary);

/** Checks every line against the contract. */
function parsed({ stdout }: Result): { findings: Finding[]; summary: Summary } {
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const summary = lines.pop();
  expect([...summarySchema.Errors(summary)]).toEqual([]);
  for (const line of lines) expect([...findingSchema.Errors(line)]).toEqual([]);
  return { findings: lines, summary };
}

/** One sentence, no stack trace. */
function expectOneLine({ stderr, stdout }: Result, sentence: RegExp): void {
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stdout).toBe("");
}

const runsOf = (root: string) => readdirSync(join(root, ".vitals", "runs")).sort();

describe("vitals train", () => {
  it("trains the healthy example without a warning: status 0, validation accuracy of 0.95 and more", async () => {
    const result = await vitals(["train", "healthy.train.json", "--json"], folder);
    const { findings, summary } = parsed(result);
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(summary.status).toBe("completed");
    expect(summary.validation?.["accuracy"]).toBeGreaterThanOrEqual(0.95);
    expect(result.code).toBe(0);
  });

  it.each([
    ["dead-relu.train.json", "dead-relu"],
    ["exploding-gradients.train.json", "exploding-gradients"],
    ["overfitting.train.json", "overfitting-gap"],
  ])("finds what is wrong with %s: status 1", async (recipe, symptom) => {
    const result = await vitals(["train", recipe, "--json"], folder);
    const { findings, summary } = parsed(result);
    const found = findings.find((finding) => finding.symptom === symptom);
    expect(found, result.stdout).toMatchObject({ state: "open" });
    expect(found?.anchor?.file).toBe(join(folder, recipe));
    expect(summary.counts.error + summary.counts.warning).toBeGreaterThan(0);
    expect(result.code).toBe(1);
    // What was recorded says the same when it is read again.
    const again = await vitals(["check", summary.run, "--json"], folder);
    expect(again.stdout).toBe(result.stdout);
    expect(again.code).toBe(1);
  });

  it("prints plain lines into a pipe, and takes limits", async () => {
    const result = await vitals(["train", "healthy.train.json", "--max-steps", "45"], folder);
    const [choice, epoch] = result.stdout.split("\n");
    expect(choice).toMatch(/^Computing by \w+ on .+\.$/);
    expect(epoch).toMatch(/^epoch 1\/40 · step 40 · loss [\d.]+ · .* · \d+ (s|min) left$/);
    expect(result.stdout).toMatch(/ after 45 steps in /);
    expect(result.code).toBe(0);
  });

  it("gives the same losses for the same seed, and others for another", async () => {
    const losses = async (seed: string, run: string) => {
      await vitals(
        ["train", "healthy.train.json", "--max-steps", "30", "--seed", seed, "--run", run],
        folder,
      );
      return readRun(join(folder, run)).events.flatMap((e) => (e.kind === "step" ? [e.loss] : []));
    };
    const first = await losses("7", "seed-a");
    expect(first).toHaveLength(30);
    expect(await losses("7", "seed-b")).toEqual(first);
    expect(await losses("8", "seed-c")).not.toEqual(first);
  });
});

describe("vitals train, with more than one run in mind", () => {
  const short = ["train", "healthy.train.json", "--backend", "wasm", "--epochs", "2"];
  const scores = (stdout: string, over: string) =>
    [...stdout.matchAll(new RegExp(`^(\\w+) ([\\d.]+) ± ([\\d.]+) over (\\d) ${over}$`, "gm"))].map(
      ([, metric, mean, deviation, runs]) => ({
        metric,
        mean: Number(mean),
        deviation: Number(deviation),
        runs: Number(runs),
      }),
    );

  /** Of what the runs' own records say. */
  function expectScores(printed: ReturnType<typeof scores>, accuracies: number[]): void {
    const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length;
    const squares = accuracies.map((accuracy) => (accuracy - mean) ** 2);
    const deviation = Math.sqrt(squares.reduce((a, b) => a + b, 0) / accuracies.length);
    const accuracy = printed.find(({ metric }) => metric === "accuracy");
    expect(accuracy?.runs).toBe(accuracies.length);
    expect(accuracy?.mean).toBeCloseTo(mean, 3);
    expect(accuracy?.deviation).toBeCloseTo(deviation, 3);
    expect(printed.map(({ metric }) => metric)).toContain("loss");
  }

  const accuracyOf = (run: string) => {
    const end = readRun(join(folder, run)).events.at(-1);
    if (end?.kind !== "end") throw new Error("the last event is not `end`");
    return end.validation!["accuracy"]!;
  };

  it("validates with each of three folds, and prints mean ± deviation (S0-28)", async () => {
    const result = await vitals([...short, "--folds", "3", "--run", "folds"], folder);
    const runs = [1, 2, 3].map((index) => join("folds", `fold-${index}`));
    expectScores(scores(result.stdout, "folds"), runs.map(accuracyOf));
    const headers = runs.map((run) => readRun(join(folder, run)).events[0]);
    expect(headers).toMatchObject([1, 2, 3].map((index) => ({ fold: { index, of: 3 } })));
    const [one, ...refused] = [
      await vitals([...short, "--folds", "1"], folder),
      await vitals([...short, "--folds", "3", "--test"], folder),
      await vitals([...short, "--folds", "3", "--resume", "folds/fold-1"], folder),
    ];
    expectOneLine(one!, /^--folds must be at least 2: 5 and 10 are usual\.$/m);
    for (const each of refused) expectOneLine(each, /--folds <k>' cannot be used with option/);
  });

  it("prints the folds' scores as JSON, last", async () => {
    const result = await vitals([...short, "--folds", "2", "--run", "json", "--json"], folder);
    const lines = result.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ kind }) => kind === "summary")).toHaveLength(2);
    const accuracies = ["fold-1", "fold-2"].map((run) => accuracyOf(join("json", run)));
    expect(lines.slice(-2)).toContainEqual(
      expect.objectContaining({ kind: "folds", metric: "accuracy", scores: accuracies }),
    );
  });

  it("trains with several seeds to see how much is chance (S4-03)", async () => {
    const result = await vitals([...short, "--seeds", "3", "--run", "seeds"], folder);
    const runs = [1, 2, 3].map((seed) => join("seeds", `seed-${seed}`));
    expectScores(scores(result.stdout, "seeds"), runs.map(accuracyOf));
    expect(new Set(runs.map(accuracyOf)).size).toBeGreaterThan(1);
  });

  it("opens the test set only with --test, and says how often that was (S0-27)", async () => {
    const summaries: string[] = [];
    for (const args of [[], ["--test"], ["--test"]]) {
      const { stdout } = await vitals([...short, ...args], folder);
      summaries.push(stdout.trim().split("\n").at(-1)!);
    }
    expect(summaries[0]).not.toMatch(/· test /);
    expect(summaries[1]).toMatch(/· test loss [\d.]+, accuracy [\d.]+ \(its first use\) ·/);
    expect(summaries[2]).toMatch(/\(looked at 2 times: no longer a fair measure, .*\) ·/);
  });

  it("goes on with an interrupted run, in a folder of its own", async () => {
    await vitals([...short, "--max-steps", "30", "--run", "part"], folder);
    const rest = await vitals([...short, "--resume", "part", "--run", "rest", "--json"], folder);
    await vitals([...short, "--run", "whole"], folder);
    const losses = (run: string) =>
      readRun(join(folder, run)).events.flatMap((e) => (e.kind === "step" ? [e.loss] : []));
    expect(losses("part")).toHaveLength(30);
    expect(losses("rest")).toEqual(losses("whole"));
    expect(parsed(rest).summary.steps).toBe(losses("whole").length);
    const none = await vitals([...short, "--resume", "nowhere"], folder);
    expectOneLine(none, /nowhere holds no run: name the folder of one\./);
  });
});

describe("interrupted runs", () => {
  const start = async (run: string) => {
    const started = startVitals(["train", "dead-relu.train.json", "--json", "--run", run], folder);
    const events = () => {
      try {
        return readRun(join(folder, run)).events;
      } catch {
        return [];
      }
    };
    await expect
      .poll(() => events().some(({ kind }) => kind === "step"), { timeout: 60_000 })
      .toBe(true);
    const first = events()[0];
    if (first?.kind !== "run") throw new Error("the first event is not `run`");
    return { ...started, pid: first.pid };
  };

  it("ends in order on Ctrl-C: the step is finished, `end` is written", async () => {
    const { child, done } = await start("interrupted");
    child.kill("SIGINT");
    const { summary } = parsed(await done);
    expect(summary.status).toBe("stopped");
    const { events, damaged } = readRun(join(folder, "interrupted"));
    expect(events.at(-1)).toMatchObject({ kind: "end", status: "stopped" });
    expect(damaged).toBe(0);
  });

  it("is read to its last complete event when the trainer is killed, and called failed", async () => {
    const { done, pid } = await start("killed");
    process.kill(pid, "SIGKILL");
    const result = await done;
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("killed by SIGKILL");
    const checked = await vitals(["check", "killed", "--json"], folder);
    const { summary } = parsed(checked);
    expect(summary.status).toBe("failed");
    expect(summary.steps).toBeGreaterThan(0);
    expect(summary.error).toMatch(/stops after step \d+/);
    expect(checked.code).toBe(3);
  });
});

describe("bad input is one clear sentence and status 2", () => {
  const GOOD_CSV =
    "a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n9,1,x\n2,3,y\n4,5,x\n6,7,y\n8,9,x\n1,1,y\n";
  const recipe = (csv: string, change = (text: string) => text) => {
    const name = `bad-${Math.random().toString(36).slice(2)}`;
    writeFileSync(join(folder, `${name}.csv`), csv);
    const text = JSON.stringify({
      data: {
        csv: `${name}.csv`,
        label: "kind",
        split: { train: 0.6, validation: 0.2, test: 0.2 },
      },
      layers: [{ type: "dense", units: 2, activation: "softmax" }],
      loss: "sparseCategoricalCrossentropy",
      optimizer: { type: "adam", learningRate: 0.001 },
      batchSize: 2,
      epochs: 1,
    });
    writeFileSync(join(folder, `${name}.train.json`), change(text));
    return `${name}.train.json`;
  };

  it("the data as such is fine", async () => {
    expect((await vitals(["train", recipe(GOOD_CSV)], folder)).code).toBe(0);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      "no such recipe",
      () => ["none.train.json"],
      /none\.train\.json: cannot be read: no such file\./,
    ],
    ["neither recipe nor script", () => ["digits.csv"], /digits\.csv: neither a recipe/],
    [
      "no such CSV",
      () => [recipe(GOOD_CSV, (t) => t.replace(/bad-\w+\.csv/, "gone.csv"))],
      /gone\.csv/,
    ],
    [
      "a text cell",
      () => [recipe(GOOD_CSV.replace("3,4,y", "3,four,y"))],
      /Line 3 of .*, column "b": "four" is text/,
    ],
    [
      "a ragged row",
      () => [recipe(GOOD_CSV.replace("3,4,y", "3,4"))],
      /Line 3 of .* has 2 cells, and the header has 3/,
    ],
    [
      "NaN in the data",
      () => [recipe(GOOD_CSV.replace("3,4,y", "3,NaN,y"))],
      /Line 3 of .*, column "b": NaN/,
    ],
    [
      "no label column",
      () => [recipe(GOOD_CSV, (t) => t.replace('"kind"', '"kin"'))],
      /"kin".*did you mean "kind"/,
    ],
    [
      "an empty split",
      () => [recipe(GOOD_CSV.split("\n").slice(0, 3).join("\n"))],
      /split is empty/,
    ],
    [
      "an unknown layer",
      () => [recipe(GOOD_CSV, (t) => t.replace('"dense"', '"dens"'))],
      /:1:\d+: Unknown layer "dens": did you mean "dense"\?/,
    ],
    [
      "shapes that do not fit",
      () => [recipe(GOOD_CSV, (t) => t.replace('"units":2', '"units":3'))],
      /3 units.*2 classes/,
    ],
    ["an unknown backend", () => [recipe(GOOD_CSV), "--backend", "abacus"], /abacus/],
    ["an unknown option", () => [recipe(GOOD_CSV), "--epoch", "3"], /--epoch/],
    ["a wrong number", () => [recipe(GOOD_CSV), "--epochs", "many"], /whole number/],
  ])("%s", async (_name, args, sentence) => {
    const result = await vitals(["train", ...args()], folder);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr).not.toMatch(/\bat .*:\d+:\d+\)/);
    expect(result.stdout).toBe("");
  });

  it("a run folder that cannot be made", async () => {
    writeFileSync(join(folder, "plain"), "");
    const result = await vitals(["train", "healthy.train.json", "--run", "plain/run"], folder);
    expect(result.code).toBe(2);
    expectOneLine(result, /Cannot create the run folder .*: a part of the path is a file/);
  });

  it("a folder that holds a run already", async () => {
    mkdirSync(join(folder, "used"));
    writeFileSync(join(folder, "used", "events.ndjson"), "");
    const result = await vitals(["train", "healthy.train.json", "--run", "used"], folder);
    expect(result.code).toBe(2);
    expectOneLine(result, /already holds a run: name a new folder with --run/);
  });

  it("nothing to check", async () => {
    expectOneLine(await vitals(["check", "nowhere"], folder), /nowhere: no such file or folder/);
    expectOneLine(
      await vitals(["check", "digits.csv"], folder),
      /digits\.csv: nothing here that can be read/,
    );
  });
});

describe("the runs of a workspace", () => {
  it("are kept out of git", () => {
    expect(runsOf(folder).length).toBeGreaterThan(0);
    expect(readFileSync(join(folder, ".vitals", ".gitignore"), "utf8")).toBe("*\n");
  });
});
