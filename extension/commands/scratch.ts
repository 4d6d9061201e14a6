/** Short runs of a recipe from the editor, with progress and a way to stop them; nothing of them is kept. */
import * as vscode from "vscode";
import { type ScratchRequest, Stopped } from "../../runs/scratch.ts";
import type { Training } from "../training.ts";
import { recipeFor } from "./recipe.ts";

export interface Scratch {
  document: vscode.TextDocument;
  /** As it was when the work began. */
  text: string;
  request: ScratchRequest;
  signal: AbortSignal;
  step(message: string): void;
}

/**
 * Does the work on the recipe that a command means.
 * @returns undefined where there is no such recipe, or the user stopped it
 */
export async function onRecipe<T>(
  training: Training,
  file: vscode.Uri | undefined,
  title: string,
  work: (scratch: Scratch) => Promise<T>,
): Promise<T | undefined> {
  const recipe = recipeFor(file);
  const document = recipe && (await training.ready(recipe));
  if (!document) return undefined;
  const request = training.request(document.uri);
  const text = document.getText();
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const { signal } = controller;
      const step = (message: string) => progress.report({ message });
      try {
        return await work({ document, text, request, signal, step });
      } catch (error) {
        if (error instanceof Stopped) return undefined;
        throw error;
      }
    },
  );
}
