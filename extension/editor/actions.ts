/** Offers the remedies of a finding as quick fixes on its line. */
import * as vscode from "vscode";
import { type Fix, fixesFor } from "../../fixes/fix.ts";
import { asCommand } from "../commands/register.ts";
import { RECIPE_FILES } from "../recipes.ts";
import { workspaceEdit } from "./edits.ts";
import type { Problem } from "./problems.ts";

const KIND = vscode.CodeActionKind.QuickFix.append("vitals");

/** Problems of recorded runs, and of a check before training. */
interface ProblemSource {
  of(file: vscode.Uri): readonly Problem[];
}

export class FixActions implements vscode.CodeActionProvider {
  readonly #sources: readonly ProblemSource[];

  constructor(sources: readonly ProblemSource[]) {
    this.#sources = sources;
  }

  /** Starts offering. */
  static register(...sources: ProblemSource[]): vscode.Disposable {
    return vscode.languages.registerCodeActionsProvider(RECIPE_FILES, new FixActions(sources), {
      providedCodeActionKinds: [KIND],
    });
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.only && !context.only.contains(KIND) && !KIND.contains(context.only)) return [];
    const problems = this.#sources
      .flatMap((source) => source.of(document.uri))
      .filter(({ diagnostic }) => onSameLine(diagnostic.range, range));
    return [...fixActions(document, problems), ...problems.map(explainAction)];
  }
}

/** A Problem can be fixed from anywhere on its line. */
function onSameLine(a: vscode.Range, b: vscode.Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}

/** One action for each different edit: two findings may ask for the same one. Exactly one is preferred. */
function fixActions(
  document: vscode.TextDocument,
  problems: readonly Problem[],
): vscode.CodeAction[] {
  const actions = new Map<string, vscode.CodeAction>();
  const preferred: vscode.CodeAction[] = [];
  for (const { diagnostic, ...problem } of problems) {
    for (const fix of fixesOf(document.getText(), problem)) {
      const key = JSON.stringify([fix.remedy.id, fix.edits, fix.disabled]);
      const action = actions.get(key) ?? fixAction(document, fix);
      actions.set(key, action);
      action.diagnostics = [...(action.diagnostics ?? []), diagnostic];
      if (fix.remedy.preferred && !action.disabled) preferred.push(action);
    }
  }
  const all = [...actions.values()];
  const best = preferred[0] ?? all.find(({ disabled }) => !disabled);
  for (const action of all) action.isPreferred = action === best;
  return all;
}

/** Of the cause; where no edit treats that, of what it led to as well. */
function fixesOf(text: string, { finding, consequences }: Omit<Problem, "diagnostic">): Fix[] {
  const fixes = fixesFor(text, finding);
  if (fixes.some(({ disabled }) => disabled === undefined)) return fixes;
  return [...fixes, ...consequences.flatMap((effect) => fixesFor(text, effect))];
}

function fixAction(document: vscode.TextDocument, fix: Fix): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.remedy.title, KIND);
  if (fix.disabled === undefined) action.edit = workspaceEdit(document, fix.edits);
  else action.disabled = { reason: fix.disabled };
  return action;
}

function explainAction({ finding, diagnostic }: Problem): vscode.CodeAction {
  const action = new vscode.CodeAction(`Explain ${finding.symptom}`, KIND);
  action.command = asCommand("vitals.explain", action.title, { symptom: finding.symptom });
  action.diagnostics = [diagnostic];
  return action;
}
