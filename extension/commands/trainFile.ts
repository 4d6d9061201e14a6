/** `Vitals: Train This File`: trains the recipe of the active editor, as it stands there. */
import * as vscode from "vscode";
import { isRecipe } from "../recipes.ts";
import type { Training } from "../training.ts";

export function trainFile(training: Training) {
  return async (file = vscode.window.activeTextEditor?.document.uri): Promise<void> => {
    if (file && isRecipe(file)) await training.start(file);
    else {
      vscode.window.showInformationMessage(
        "This file is no recipe: open a file whose name ends in .train.json.",
      );
    }
  };
}
