/** Shows what a setting of a recipe means in numbers, when the mouse rests on it. */
import * as vscode from "vscode";
import type { RunStore } from "../../../runs/store.ts";
import { RECIPE_FILES } from "../../recipes.ts";
import { hoverAt } from "./hoverAt.ts";

export class SettingHovers implements vscode.HoverProvider {
  readonly #store: RunStore;

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** Starts showing. */
  static register(store: RunStore): vscode.Disposable {
    return vscode.languages.registerHoverProvider(RECIPE_FILES, new SettingHovers(store));
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { kind } = vscode.window.activeColorTheme;
    const found = hoverAt(document.getText(), document.offsetAt(position), {
      dark: kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast,
      lastRun: this.#lastRun(document.uri),
    });
    if (!found) return undefined;
    const { offset, length, markdown } = found;
    const from = document.positionAt(offset);
    const to = document.positionAt(offset + length);
    return new vscode.Hover(new vscode.MarkdownString(markdown), new vscode.Range(from, to));
  }

  #lastRun(file: vscode.Uri) {
    const runs = this.#store.sessions.flatMap(({ run }) => run ?? []);
    return runs.find((run) => vscode.Uri.file(run.file).toString() === file.toString());
  }
}
