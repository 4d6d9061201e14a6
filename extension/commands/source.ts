/** Opens a finding's source, and applies a fix there: the same for the tree and for the dashboard. */
import * as vscode from "vscode";
import type { Finding } from "../../diagnosis/finding.ts";
import { fixesFor } from "../../fixes/fix.ts";
import type { RunStore } from "../../runs/store.ts";
import type { RunEvent } from "../../telemetry/events.ts";
import { changedSpan } from "../editor/changed.ts";
import { workspaceEdit } from "../editor/edits.ts";
import { placeFinding } from "../editor/place.ts";
import type { Dashboard } from "../views/dashboard.ts";
import type { FindingTarget, RemedyTarget } from "./ids.ts";

/** Selects the place of a finding in its file, beside the dashboard rather than over it. */
export function reveal(store: RunStore, dashboard: Dashboard) {
  return async (target: FindingTarget): Promise<void> => {
    const { run, finding } = look(store, target);
    const document = await open(run);
    const { offset, length } = placeFinding(document.getText(), finding, run);
    await select(document, offset, length, dashboard.sourceColumn);
    dashboard.focus(target);
  };
}

/** Writes a fix into its file, saves it, and shows what changed. */
export function applyFix(store: RunStore, dashboard: Dashboard) {
  return async (target: RemedyTarget): Promise<void> => {
    const { run, finding } = look(store, target);
    const document = await open(run);
    const fixes = fixesFor(document.getText(), finding);
    const fix = fixes.find(({ remedy }) => remedy.id === target.remedy);
    if (!fix) throw new Error("This remedy is no longer offered: the run has gone on.");
    if (fix.disabled !== undefined) {
      vscode.window.showInformationMessage(fix.disabled);
      return;
    }
    const { offset, length } = changedSpan(fix.edits);
    await vscode.workspace.applyEdit(workspaceEdit(document, fix.edits));
    await document.save();
    await select(document, offset, length, dashboard.sourceColumn);
  };
}

function look(store: RunStore, target: FindingTarget): { run: RunEvent; finding: Finding } {
  const session = store.get(target.run);
  const finding = session?.findings.find(({ symptom }) => symptom === target.symptom);
  if (!session?.run || !finding) throw new Error(`The run ${target.run} is no longer there.`);
  return { run: session.run, finding };
}

function open({ file }: RunEvent): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(vscode.Uri.file(file));
}

async function select(
  document: vscode.TextDocument,
  offset: number,
  length: number,
  column: vscode.ViewColumn,
): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? column,
    selection: new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
  });
}
