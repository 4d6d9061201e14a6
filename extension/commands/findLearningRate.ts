/** `Vitals: Find Learning Rate`: a range test of the recipe; the hover on the rate shows it, a code action takes it over. */
import * as vscode from "vscode";
import { testRange } from "../../runs/rangeTest.ts";
import { workspaceEdit } from "../editor/edits.ts";
import type { RangeTests } from "../editor/hover/rangeTests.ts";
import { suggestedRate } from "../editor/suggestedRate.ts";
import { recipeName } from "../recipes.ts";
import type { Training } from "../training.ts";
import { onRecipe } from "./scratch.ts";

export function findLearningRate(training: Training, rangeTests: RangeTests) {
  return async (file?: vscode.Uri): Promise<void> => {
    const found = await onRecipe(training, file, "Finding a learning rate", async (scratch) => {
      const { document, text, request, signal } = scratch;
      const test = await testRange(request, signal);
      rangeTests.keep(document.uri.fsPath, text, test);
      return { document, test };
    });
    if (!found) return;
    const { document, test } = found;
    const fix = suggestedRate(document.getText(), test);
    const message = `${recipeName(document.uri)}: ${test.reason}`;
    const choice = fix
      ? await vscode.window.showInformationMessage(message, fix.title)
      : await vscode.window.showInformationMessage(message);
    // The text may have changed while the message stood there.
    const now = choice && suggestedRate(document.getText(), test);
    if (now) await vscode.workspace.applyEdit(workspaceEdit(document, now.edits));
  };
}
