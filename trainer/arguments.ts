/** Reads the command line. */
import { parseArgs } from "node:util";
import { InputError } from "./errors.ts";

export interface Arguments {
  recipe: string;
  run: string;
  backend: string;
  /** Each of these stands in for the recipe's. */
  epochs?: number;
  maxSteps?: number;
  seed?: number;
}

const USAGE =
  "trainer --recipe FILE --run DIR [--epochs N] [--max-steps N] [--seed N] [--backend wasm|cpu|auto]";

/** @throws {InputError} */
export function readArguments(argv: string[]): Arguments {
  const text = { type: "string" } as const;
  let values: Record<string, string | undefined>;
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
      },
    }));
  } catch (error) {
    throw new InputError(`${(error as Error).message.split(". ")[0]}; usage: ${USAGE}`);
  }
  const { recipe, run, backend = "auto" } = values;
  if (!recipe || !run) throw new InputError(`--recipe and --run are needed; usage: ${USAGE}`);
  const epochs = wholeNumber("--epochs", values["epochs"], 1);
  const maxSteps = wholeNumber("--max-steps", values["max-steps"], 1);
  const seed = wholeNumber("--seed", values["seed"], 0);
  return {
    recipe,
    run,
    backend,
    ...(epochs !== undefined && { epochs }),
    ...(maxSteps !== undefined && { maxSteps }),
    ...(seed !== undefined && { seed }),
  };
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new InputError(`${name} must be a whole number of at least ${least}, not "${text}".`);
}
