/** `Vitals: Cross-Validate This File…`: k trainings, each validated on another part of the rows (lesson 000). */
import * as vscode from "vscode";
import { foldScore } from "../../recipe/data/folds.ts";
import { stopRun } from "../../runs/control.ts";
import type { RunSession } from "../../runs/session.ts";
import { recipeName } from "../recipes.ts";
import type { Training } from "../training.ts";
import { ended, recipeFor } from "./recipe.ts";

const CHOICES = [5, 10, 3].map((folds) => ({ label: `${folds} folds`, folds }));

export function crossValidate(training: Training) {
  return async (file?: vscode.Uri): Promise<void> => {
    const recipe = recipeFor(file);
    const picked =
      recipe &&
      (await vscode.window.showQuickPick(CHOICES, {
        placeHolder: "How many? Each fold is a training of its own.",
      }));
    if (!recipe || !picked) return;
    const { folds } = picked;
    const sessions = await trainFolds(training, recipe, folds);
    const metrics = Object.keys(sessions[0]?.end?.validation ?? {});
    if (sessions.length < folds || metrics.length === 0) return;
    const scores = metrics.map((metric) => {
      const values = sessions.map(({ end }) => end?.validation?.[metric] ?? Number.NaN);
      return `${metric} ${foldScore(values)}`;
    });
    vscode.window.showInformationMessage(
      `${recipeName(recipe)} over ${folds} folds: ${scores.join(", ")}.`,
    );
  };
}

/** One after the other, for each takes the whole machine. @returns those that ran to their end */
function trainFolds(training: Training, recipe: vscode.Uri, of: number): Thenable<RunSession[]> {
  const title = `Cross-validating ${recipeName(recipe)}`;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, cancelled) => {
      const done: RunSession[] = [];
      for (let index = 1; index <= of && !cancelled.isCancellationRequested; index++) {
        progress.report({ message: `fold ${index} of ${of}`, increment: 100 / of });
        const session = await training.start(recipe, { fold: { index, of } });
        if (!session) break;
        const stopping = cancelled.onCancellationRequested(() => stopRun(session.folder));
        await ended(session);
        stopping.dispose();
        if (session.status !== "completed") break;
        done.push(session);
      }
      return done;
    },
  );
}
