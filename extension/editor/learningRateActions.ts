/** Offers on the learning rate's line to find one, and to take over what was found. */
import * as vscode from "vscode";
import { asCommand } from "../commands/register.ts";
import { RECIPE_FILES } from "../recipes.ts";
import { workspaceEdit } from "./edits.ts";
import type { RangeTests } from "./hover/rangeTests.ts";
import { learningRatePlace, suggestedRate } from "./suggestedRate.ts";

const KIND = vscode.CodeActionKind.RefactorRewrite.append("vitals");

export class LearningRateActions implements vscode.CodeActionProvider {
  readonly #rangeTests: RangeTests;

  constructor(rangeTests: RangeTests) {
    this.#rangeTests = rangeTests;
  }

  /** Starts offering. */
  static register(rangeTests: RangeTests): vscode.Disposable {
    const actions = new LearningRateActions(rangeTests);
    return vscode.languages.registerCodeActionsProvider(RECIPE_FILES, actions, {
      providedCodeActionKinds: [KIND],
    });
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const text = document.getText();
    const place = learningRatePlace(text);
    if (!place) return [];
    const from = document.positionAt(place.offset).line;
    const to = document.positionAt(place.offset + place.length).line;
    if (range.end.line < from || range.start.line > to) return [];
    const test = this.#rangeTests.of(document.uri.fsPath, text);
    const fix = test && suggestedRate(text, test);
    const actions = fix ? [new vscode.CodeAction(fix.title, KIND)] : [];
    for (const action of actions) action.edit = workspaceEdit(document, fix?.edits ?? []);
    return vscode.workspace.isTrusted ? [...actions, findAction(document.uri)] : actions;
  }
}

function findAction(file: vscode.Uri): vscode.CodeAction {
  const action = new vscode.CodeAction("Find the learning rate (range test)", KIND);
  action.command = asCommand("vitals.findLearningRate", action.title, file);
  return action;
}
