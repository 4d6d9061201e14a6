/** What `vitals train` takes: a recipe, or a script with its arguments. Mistakes are said before a process is started. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { readRecipe } from "../recipe/read.ts";
import { isScript } from "../runs/launch.ts";
import { reasonOf } from "../telemetry/files/folder.ts";
import { InputError } from "./errors.ts";

/** Options that change a recipe's settings. */
type RecipeOptions = Partial<
  Record<"epochs" | "seed" | "resume" | "folds" | "seeds" | "test", unknown>
>;

/** Why a script cannot do it, by the option. */
const RECIPES_ONLY: Record<keyof RecipeOptions, string> = {
  epochs: "set the epochs in the script's call of fit, or use --max-steps",
  seed: "set the seeds in the script",
  seeds: "set the seeds in the script, and run it once for each",
  resume: "only recipes write checkpoints",
  folds: "split the data in the script",
  test: "evaluate the test set in the script",
};

/** @throws {InputError} */
export function checkTrainable(
  file: string,
  options: RecipeOptions,
  scriptArguments: readonly string[],
): void {
  const shown = relative(process.cwd(), file);
  const text = readText(file, shown);
  if (isScript(file)) checkOptions(shown, options);
  else if (!file.endsWith(".json")) {
    throw new InputError(
      `${shown}: neither a recipe, whose name ends in .train.json, nor a script, whose name ends in .js, .mjs or .cjs.`,
    );
  } else {
    if (scriptArguments.length > 0) {
      throw new InputError(
        `${shown}: a recipe takes no arguments, and "${scriptArguments[0]}" is one: leave it out.`,
      );
    }
    checkRecipe(text, shown);
  }
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${shown}: cannot be read: ${reasonOf(error)}.`);
  }
}

function checkOptions(shown: string, options: RecipeOptions): void {
  for (const [option, why] of Object.entries(RECIPES_ONLY)) {
    if (options[option as keyof RecipeOptions] === undefined) continue;
    throw new InputError(`${shown}: --${option} is for recipes only: ${why}.`);
  }
}

function checkRecipe(text: string, shown: string): void {
  const { problems } = readRecipe(text);
  if (problems.length === 0) return;
  throw new InputError(
    problems
      .map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`)
      .join("\n"),
  );
}
