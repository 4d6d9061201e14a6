/** `Vitals: Train…`: picks a recipe of the workspace and trains it. */
import * as vscode from "vscode";
import { findRecipes, recipeName } from "../recipes.ts";
import type { Training } from "../training.ts";

export function train(training: Training, readme: vscode.Uri) {
  return async (): Promise<void> => {
    const recipes = await findRecipes();
    if (recipes.length === 0) {
      await explainRecipes(readme);
      return;
    }
    const items = recipes.map((file) => ({
      label: recipeName(file),
      description: vscode.workspace.asRelativePath(file),
      file,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: "Which recipe do you want to train?",
      matchOnDescription: true,
    });
    if (picked) await training.start(picked.file);
  };
}

async function explainRecipes(readme: vscode.Uri): Promise<void> {
  const how = "How to Write One";
  const choice = await vscode.window.showInformationMessage(
    "There is no recipe in this workspace: a recipe is a file whose name ends in .train.json.",
    how,
  );
  if (choice === how) await vscode.commands.executeCommand("markdown.showPreview", readme);
}
