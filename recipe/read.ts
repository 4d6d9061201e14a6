/** Reads the text of a recipe: the recipe, or every mistake with its place. Nothing is trained before this passes. */
import { getNodeValue } from "jsonc-parser";
import { check, type Schema } from "./check.ts";
import { type Problem, type ReadDocument, readDocument } from "./document.ts";
import { DEFINITIONS, Recipe } from "./schema.ts";
import { checkSense } from "./sense.ts";
import { spelling } from "./spelling.ts";

export interface ReadRecipe extends Pick<ReadDocument, "locate"> {
  /** Present when there is no problem. */
  recipe?: Recipe;
  problems: Problem[];
}

export function readRecipe(text: string): ReadRecipe {
  const { root, problems, report, locate } = readDocument(text, "recipe");
  if (!root) return { problems, locate };
  const definitions = DEFINITIONS as unknown as Record<string, Schema>;
  check(root, Recipe as unknown as Schema, "Recipe", { report, definitions, spelling });
  if (problems.length > 0) return { problems, locate };
  const recipe = getNodeValue(root) as Recipe;
  for (const { path, message } of checkSense(recipe)) {
    problems.push({ message, ...locate(path) });
  }
  return problems.length > 0 ? { problems, locate } : { recipe, problems, locate };
}
