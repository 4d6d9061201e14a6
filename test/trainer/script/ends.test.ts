import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startVitals, vitals } from "../../helpers/vitals.ts";
import { ScriptFolder } from "./script.ts";

const training = (
  before: string,
  fit: string,
  after = "",
) => `import * as tf from '@tensorflow/tfjs';
const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2, activation: 'softmax' })] });
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
const x = tf.randomNormal([40, 3]);
const y = tf.oneHot(tf.tensor1d(Array.from({ length: 40 }, (_, i) => i % 2), 'int32'), 2);
${before}
await model.fit(x, y, ${fit});
${after}
`;

let folder: ScriptFolder;
beforeAll(() => {
  folder = new ScriptFolder();
});
afterAll(() => folder.remove());

describe("a script that fails", () => {
  test.each([
    [
      "before it trains",
      training("throw new TypeError('no such thing');", "{}"),
      "TypeError: no such thing",
      0,
    ],
    [
      "while it trains",
      training("", "{ callbacks: { onBatchEnd: () => { throw new Error('enough'); } } }"),
      "Error: enough",
      1,
    ],
    [
      "with a status of its own",
      training("", "{ epochs: 1 }", "process.exit(7);"),
      "failing.mjs ended with status 7.",
      2,
    ],
    [
      "by a wrong shape",
      training("", "{}").replace("[40, 3]", "[40, 4]"),
      expect.stringMatching(/^Error: .*shape/),
      0,
    ],
  ])("%s: its own words, and status 3", async (_, text, error, step) => {
    const { result, events } = await folder.train(folder.write("failing.mjs", text));
    expect(result.code).toBe(3);
    expect(events.at(-1)).toMatchObject({
      kind: "end",
      status: "failed",
      cause: "training",
      error,
      step,
    });
  });

  test("with numbers that are lost goes on to its end, and has diverged", async () => {
    const text = training("", "{ epochs: 3, batchSize: 10 }", "console.log('still here');").replace(
      "tf.randomNormal([40, 3])",
      "tf.fill([40, 3], NaN)",
    );
    const { result, events, steps, log } = await folder.train(folder.write("lost.mjs", text));
    expect(steps).toHaveLength(12);
    expect(steps[0]!.gradientNorm).toBeNaN();
    expect(log).toContain("still here");
    expect(events.at(-1)).toMatchObject({ kind: "end", status: "diverged", cause: "training" });
    expect(result.code).toBe(1);
  });

  test("to train anything that can be observed: said in one sentence, status 2", async () => {
    const file = folder.write("nothing.mjs", "console.log('hello');");
    const { result } = await folder.train(file);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/^nothing\.mjs trained nothing that can be observed: .*\.\n$/);
  });
});

describe("a script is stopped", () => {
  const ENDLESS = training(
    "console.log(process.argv.slice(2).join());",
    "{ epochs: 1e6, batchSize: 20, validationSplit: 0.5 }",
    "console.log('saved after', model.history?.epoch.length);",
  );

  test("by --max-steps: it goes on behind fit, with the arguments that are its own", async () => {
    const file = folder.write("endless.mjs", ENDLESS);
    const { result, events, steps, log } = await folder.train(file, [
      "--max-steps",
      "5",
      "--",
      "--rate",
      "3",
    ]);
    expect(result.code).toBeLessThan(2);
    expect(steps).toHaveLength(5);
    expect(events.at(-1)).toMatchObject({ kind: "end", status: "completed", step: 5 });
    expect(log).toContain("--rate,3");
    expect(log).toContain("saved after");
  });

  test.each(["file", "SIGTERM"])(
    "by %s: the step is finished, and the script ends itself",
    async (how) => {
      const run = folder.newRun();
      const file = folder.write("endless.mjs", ENDLESS);
      const { child, done } = startVitals(["train", file, "--run", run], folder.path);
      await new Promise<void>((resolve) => child.stdout!.once("data", () => resolve()));
      await new Promise<void>((resolve) => child.stdout!.once("data", () => resolve()));
      if (how === "file") writeFileSync(join(run, "stop"), "");
      else child.kill("SIGTERM");
      expect((await done).code).toBeLessThan(2);
      const { events, steps, log } = folder.read(run);
      expect(events.at(-1)).toMatchObject({
        kind: "end",
        status: "stopped",
        error: null,
        step: steps.at(-1)!.step,
      });
      expect(log).toContain("saved after");
    },
  );
});

describe("the command", () => {
  test.each([
    [
      ["--epochs", "3"],
      "--epochs is for recipes only: set the epochs in the script's call of fit, or use --max-steps.",
    ],
    [["--seed", "3"], "--seed is for recipes only: set the seeds in the script."],
    [["--resume", "x"], "--resume is for recipes only: only recipes write checkpoints."],
    [["--folds", "3"], "--folds is for recipes only: split the data in the script."],
    [["--test"], "--test is for recipes only: evaluate the test set in the script."],
  ])("refuses %j with a script", async (args, sentence) => {
    folder.write("some.mjs", "");
    const { code, stderr } = await vitals(["train", "some.mjs", ...args], folder.path);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`some.mjs: ${sentence}`),
    });
  });

  test("a backend that cannot be had is said once, and the script computes by its own", async () => {
    const file = folder.write("own.mjs", training("", "{ epochs: 1 }"));
    const { events, run } = await folder.train(file, ["--backend", "native"]);
    expect(run.backend).toBe("cpu");
    const messages = events.filter(
      (event) => event.kind === "message" && event.level === "warning",
    );
    expect(messages).toEqual([
      {
        kind: "message",
        level: "warning",
        text: expect.stringMatching(/^The backend "native" was asked for and cannot be had \(.*\)/),
      },
    ]);
  });
});
