/** The recipe that a command means: the one named, or that of the active editor. */
import * as vscode from "vscode";
import { isRecipe } from "../recipes.ts";

/** Says so where it is none. */
export function recipeFor(file: vscode.Uri | undefined): vscode.Uri | undefined {
  const recipe = file ?? vscode.window.activeTextEditor?.document.uri;
  if (recipe && isRecipe(recipe)) return recipe;
  vscode.window.showInformationMessage(
    "This file is no recipe: open a file whose name ends in .train.json.",
  );
  return undefined;
}

/** Waits for the end of a run. */
export function ended(session: {
  closed: boolean;
  onChange(listener: () => void): () => void;
}): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!session.closed) return;
      stop();
      resolve();
    };
    const stop = session.onChange(look);
    look();
  });
}
