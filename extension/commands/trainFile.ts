/** `Vitals: Train This File`: trains the recipe of the active editor, as it stands there. */
import type * as vscode from "vscode";
import type { Training } from "../training.ts";
import { recipeFor } from "./recipe.ts";

export function trainFile(training: Training) {
  return async (file?: vscode.Uri): Promise<void> => {
    const recipe = recipeFor(file);
    if (recipe) await training.start(recipe);
  };
}
