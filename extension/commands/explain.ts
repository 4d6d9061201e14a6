/** Opens a symptom's page of the documentation, which ships with the extension. */
import * as vscode from "vscode";
import type { Symptom } from "../../diagnosis/finding.ts";
import type { FindingTarget } from "./ids.ts";

/** Where the page is. */
export function symptomPage(extension: vscode.Uri, symptom: Symptom): vscode.Uri {
  return vscode.Uri.joinPath(extension, "docs", "symptoms", `${symptom}.md`);
}

export function explain(extension: vscode.Uri) {
  return ({ symptom }: Pick<FindingTarget, "symptom">): Thenable<unknown> =>
    vscode.commands.executeCommand("markdown.showPreview", symptomPage(extension, symptom));
}
