/** `Vitals: Check Before Training`: the checks as a page beside the recipe, the findings as Problems. */
import type * as vscode from "vscode";
import { preflight } from "../../runs/preflight.ts";
import type { OptionsOf } from "../../runs/store.ts";
import type { PreflightProblems } from "../editor/preflightProblems.ts";
import { recipeName } from "../recipes.ts";
import type { Training } from "../training.ts";
import type { PreflightPages } from "../views/preflightPages.ts";
import { onRecipe } from "./scratch.ts";

export interface PreflightParts {
  training: Training;
  optionsOf: OptionsOf;
  problems: PreflightProblems;
  pages: PreflightPages;
}

export function checkBeforeTraining({ training, optionsOf, problems, pages }: PreflightParts) {
  return async (file?: vscode.Uri): Promise<void> => {
    const done = await onRecipe(training, file, "Checking", async (scratch) => {
      const { document, request, signal, step } = scratch;
      const result = await preflight(request, optionsOf(request.file), { signal, step });
      return { document, result };
    });
    if (!done) return;
    const { document, result } = done;
    problems.show(document, result);
    await pages.show(recipeName(document.uri), result);
  };
}
