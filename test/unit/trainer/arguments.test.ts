import { expect, it } from "vitest";
import { readArguments } from "../../../trainer/arguments.ts";
import { InputError } from "../../../trainer/errors.ts";

const needed = ["--recipe", "a.train.json", "--run", "dir"];
const usual = { recipe: "a.train.json", run: "dir", backend: "auto", test: false };

it("reads what was given; otherwise `auto` for the backend, and a locked test set", () => {
  expect(readArguments(needed)).toEqual(usual);
  const limits = ["--epochs", "3", "--max-steps=9", "--seed", "0", "--backend", "cpu"];
  expect(readArguments([...needed, ...limits])).toEqual({
    ...usual,
    backend: "cpu",
    epochs: 3,
    maxSteps: 9,
    seed: 0,
  });
  expect(readArguments([...needed, "--resume", "runs/1", "--fold", "2/5", "--test"])).toEqual({
    ...usual,
    resume: "runs/1",
    fold: { index: 2, of: 5 },
    test: true,
  });
});

it("reads which test stands in for the training", () => {
  const test = (...argv: string[]) => readArguments([...needed, ...argv]).instead;
  expect(test()).toBeUndefined();
  expect(test("--preflight")).toEqual({ kind: "preflight" });
  expect(test("--overfit-batch", "32")).toEqual({ kind: "overfitBatch", rows: 32 });
  expect(test("--range-test")).toEqual({ kind: "rangeTest" });
});

it.each([
  [["--recipe", "a"], /^--recipe and --run are needed; usage: trainer /],
  [[...needed, "--epochs", "0"], /^--epochs must be a whole number of at least 1, not "0"\.$/],
  [[...needed, "--max-steps", "1e3"], /^--max-steps must be a whole number of at least 1/],
  [[...needed, "--seed", "1.5"], /^--seed must be a whole number of at least 0/],
  [[...needed, "--seed=-1"], /^--seed must be a whole number/],
  [[...needed, "--wrong"], /^Unknown option '--wrong'; usage: /],
  [[...needed, "more"], /^Unexpected argument 'more'/],
  [[...needed, "--seed"], /^Option '--seed <value>' argument missing; usage: /],
  [[...needed, "--overfit-batch", "0"], /^--overfit-batch must be a whole number of at least 1/],
  [[...needed, "--preflight", "--range-test"], /^--preflight, .* each go alone/],
  [[...needed, "--preflight", "--test"], /choose one\.$/],
  [[...needed, "--range-test", "--resume", "runs/1"], /choose one\.$/],
  [[...needed, "--fold", "2"], /^--fold must be a part of at least two, such as 1\/5, not "2"\.$/],
  [[...needed, "--fold", "0/5"], /^--fold must be/],
  [[...needed, "--fold", "6/5"], /^--fold must be/],
  [[...needed, "--fold", "1/1"], /^--fold must be/],
  [[...needed, "--fold", "1/5x"], /^--fold must be/],
])("refuses %j in one line", (argv, message) => {
  expect(() => readArguments(argv)).toThrow(InputError);
  expect(() => readArguments(argv)).toThrow(message);
});
