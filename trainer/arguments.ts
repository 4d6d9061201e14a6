/** Reads the command line. */
import { parseArgs } from "node:util";
import { InputError } from "./errors.ts";

/** What is done instead of training; it leaves no weights. */
export type Test =
  | { kind: "preflight" }
  /** With so many examples in the batch. */
  | { kind: "overfitBatch"; rows: number }
  | { kind: "rangeTest" };

export interface Arguments {
  recipe: string;
  run: string;
  backend: string;
  /** Each of these stands in for the recipe's. */
  epochs?: number;
  maxSteps?: number;
  seed?: number;
  /** The run folder to go on from. */
  resume?: string;
  /** The part of a k-fold cross-validation, from 1. */
  fold?: { index: number; of: number };
  /** Whether to look at the test set at the end. */
  test: boolean;
  instead?: Test;
}

const USAGE =
  "trainer --recipe FILE --run DIR [--epochs N] [--max-steps N] [--seed N] [--backend NAME] [--resume RUN] [--fold I/N] [--test | --preflight | --overfit-batch N | --range-test]";

/** @throws {InputError} */
export function readArguments(argv: string[]): Arguments {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        recipe: text,
        run: text,
        epochs: text,
        "max-steps": text,
        seed: text,
        backend: text,
        resume: text,
        fold: text,
        test: flag,
        preflight: flag,
        "overfit-batch": text,
        "range-test": flag,
      },
    }));
  } catch (error) {
    throw new InputError(`${(error as Error).message.split(". ")[0]}; usage: ${USAGE}`);
  }
  const { test = false, preflight, "range-test": rangeTest, ...rest } = values;
  const {
    recipe,
    run,
    backend = "auto",
    resume,
    fold,
    ...numbers
  } = rest as Record<string, string>;
  if (!recipe || !run) throw new InputError(`--recipe and --run are needed; usage: ${USAGE}`);
  const epochs = wholeNumber("--epochs", numbers["epochs"], 1);
  const maxSteps = wholeNumber("--max-steps", numbers["max-steps"], 1);
  const seed = wholeNumber("--seed", numbers["seed"], 0);
  const rows = wholeNumber("--overfit-batch", numbers["overfit-batch"], 1);
  const tests: Test[] = [
    ...(preflight ? [{ kind: "preflight" } as const] : []),
    ...(rows !== undefined ? [{ kind: "overfitBatch", rows } as const] : []),
    ...(rangeTest ? [{ kind: "rangeTest" } as const] : []),
  ];
  const [instead] = tests;
  if (tests.length > 1 || (instead && (test || resume !== undefined))) {
    throw new InputError(
      "--preflight, --overfit-batch and --range-test each go alone, and neither with --test nor with --resume: choose one.",
    );
  }
  return {
    recipe,
    run,
    backend,
    test: test === true,
    ...(instead && { instead }),
    ...(epochs !== undefined && { epochs }),
    ...(maxSteps !== undefined && { maxSteps }),
    ...(seed !== undefined && { seed }),
    ...(resume !== undefined && { resume }),
    ...(fold !== undefined && { fold: foldOf(fold) }),
  };
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new InputError(`${name} must be a whole number of at least ${least}, not "${text}".`);
}

function foldOf(text: string): { index: number; of: number } {
  const [index, of] = /^(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (index && of && of >= 2 && index <= of) return { index, of };
  throw new InputError(`--fold must be a part of at least two, such as 1/5, not "${text}".`);
}
