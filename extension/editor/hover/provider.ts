/** Shows what a setting of a recipe means in numbers, when the mouse rests on it. */
import * as vscode from "vscode";
import type { RunStore } from "../../../runs/store.ts";
import type { CommandId } from "../../commands/ids.ts";
import { RECIPE_FILES } from "../../recipes.ts";
import { hoverAt } from "./hoverAt.ts";
import type { RangeTests } from "./rangeTests.ts";

export class SettingHovers implements vscode.HoverProvider {
  readonly #store: RunStore;
  readonly #rangeTests: RangeTests;

  constructor(store: RunStore, rangeTests: RangeTests) {
    this.#store = store;
    this.#rangeTests = rangeTests;
  }

  /** Starts showing. */
  static register(store: RunStore, rangeTests: RangeTests): vscode.Disposable {
    const hovers = new SettingHovers(store, rangeTests);
    return vscode.languages.registerHoverProvider(RECIPE_FILES, hovers);
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const { kind } = vscode.window.activeColorTheme;
    const text = document.getText();
    const rangeTest = this.#rangeTests.of(document.uri.fsPath, text);
    const found = hoverAt(text, document.offsetAt(position), {
      dark: kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast,
      lastRun: this.#lastRun(document.uri),
      ...(rangeTest && { rangeTest }),
      canTest: vscode.workspace.isTrusted,
    });
    if (!found) return undefined;
    const { offset, length, markdown } = found;
    const from = document.positionAt(offset);
    const to = document.positionAt(offset + length);
    const shown = new vscode.MarkdownString(markdown);
    shown.isTrusted = { enabledCommands: ["vitals.findLearningRate" satisfies CommandId] };
    return new vscode.Hover(shown, new vscode.Range(from, to));
  }

  #lastRun(file: vscode.Uri) {
    const runs = this.#store.sessions.flatMap(({ run }) => run ?? []);
    return runs.find((run) => vscode.Uri.file(run.file).toString() === file.toString());
  }
}
