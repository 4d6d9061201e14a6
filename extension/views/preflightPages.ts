/** The pages of preflights, read-only, as previews beside the recipes. */
import * as vscode from "vscode";
import type { Preflight } from "../../diagnosis/preflight.ts";
import { symptomPage } from "../commands/explain.ts";
import { Disposable } from "../disposable.ts";
import { preflightPage } from "./preflightPage.ts";

const SCHEME = "vitals-preflight";

export class PreflightPages extends Disposable {
  readonly #extension: vscode.Uri;
  readonly #pages = new Map<string, string>();
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());

  constructor(extension: vscode.Uri) {
    super();
    this.#extension = extension;
    this.register(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#pages.get(uri.path) ?? "",
      }),
    );
  }

  /** @param name of the recipe */
  async show(name: string, preflight: Preflight): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} before training.md` });
    const link = (symptom: Parameters<typeof symptomPage>[1]) =>
      symptomPage(this.#extension, symptom).toString();
    this.#pages.set(uri.path, preflightPage(name, preflight, link));
    this.#changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }
}
