/** Text edits of a fix as edits of a document. */
import * as vscode from "vscode";
import type { TextEdit } from "../../fixes/textEdit.ts";

export function workspaceEdit(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of edits) {
    const range = new vscode.Range(
      document.positionAt(offset),
      document.positionAt(offset + length),
    );
    result.replace(document.uri, range, text);
  }
  return result;
}
