/** Recipes as files of the workspace. */
import { basename, dirname } from "node:path";
import * as vscode from "vscode";

const SUFFIX = ".train.json";

/** Selects the documents that are recipes. */
export const RECIPE_FILES: vscode.DocumentSelector = { scheme: "file", pattern: `**/*${SUFFIX}` };

export function isRecipe(file: vscode.Uri): boolean {
  return file.scheme === "file" && file.path.endsWith(SUFFIX);
}

/** The recipe's name without its ending. */
export function recipeName(file: vscode.Uri): string {
  return basename(file.fsPath, SUFFIX);
}

/** All recipes of the workspace, by path. */
export async function findRecipes(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(`**/*${SUFFIX}`, "**/{node_modules,.vitals}/**");
  return found.filter(isRecipe).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The text of a file as the editor shows it, or as it is on disk; undefined where there is no such file. */
export async function textOf(file: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((d) => d.uri.toString() === file.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined; // deleted, or a run of another machine
  }
}

/** Where runs are kept: the workspace folders, and the folders of recipes trained from outside of them. */
export class Roots {
  readonly #outside = new Set<string>();

  all(): string[] {
    const folders = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ uri }) => uri.fsPath);
    return [...new Set([...folders, ...this.#outside])];
  }

  /** The root that keeps the runs of this recipe. */
  of(file: vscode.Uri): string {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    if (folder) return folder.uri.fsPath;
    const root = dirname(file.fsPath);
    this.#outside.add(root);
    return root;
  }
}
