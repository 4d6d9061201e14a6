/** `Vitals: Train This File and Open the Test Set`: the only way in the editor to look at the locked test set. */
import * as vscode from "vscode";
import { short } from "../../diagnosis/format.ts";
import type { Training } from "../training.ts";
import { ended, recipeFor } from "./recipe.ts";

export function trainAndTest(training: Training) {
  return async (file?: vscode.Uri): Promise<void> => {
    const recipe = recipeFor(file);
    const session = recipe && (await training.start(recipe, { test: true }));
    if (!session) return;
    await ended(session);
    const { test, testUses = null } = session.end ?? {};
    if (!test) return;
    const figures = Object.entries(test).map(([name, value]) => `${name} ${short(value)}`);
    const uses =
      testUses === 1
        ? "This was its first use."
        : `It was looked at ${testUses} times now: choose by the validation figures, or it is no fair measure any more.`;
    vscode.window.showInformationMessage(`Test set: ${figures.join(", ")}. ${uses}`);
  };
}
