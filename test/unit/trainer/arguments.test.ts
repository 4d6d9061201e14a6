import { expect, it } from "vitest";
import { readArguments } from "../../../trainer/arguments.ts";
import { InputError } from "../../../trainer/errors.ts";

const needed = ["--recipe", "a.train.json", "--run", "dir"];

it("reads what was given, and `auto` for the backend otherwise", () => {
  expect(readArguments(needed)).toEqual({ recipe: "a.train.json", run: "dir", backend: "auto" });
  expect(
    readArguments([...needed, "--epochs", "3", "--max-steps=9", "--seed", "0", "--backend", "cpu"]),
  ).toEqual({
    recipe: "a.train.json",
    run: "dir",
    backend: "cpu",
    epochs: 3,
    maxSteps: 9,
    seed: 0,
  });
});

it.each([
  [["--recipe", "a"], /--recipe and --run are needed/],
  [[...needed, "--epochs", "0"], /^--epochs must be a whole number of at least 1, not "0"\.$/],
  [[...needed, "--seed", "1.5"], /^--seed must be a whole number/],
  [[...needed, "--wrong"], /--wrong/],
  [[...needed, "--seed"], /--seed/],
])("refuses %j in one line", (argv, message) => {
  expect(() => readArguments(argv)).toThrow(InputError);
  expect(() => readArguments(argv)).toThrow(message);
});
