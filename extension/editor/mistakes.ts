/** Shows the mistakes of a recipe, or of a `.vitals.json`, as it is typed: what would keep it from being used. */
import * as vscode from "vscode";
import type { Problem } from "../../recipe/document.ts";
import { readRecipe } from "../../recipe/read.ts";
import { readOptions } from "../../runs/options/read.ts";
import { Coalesce } from "../coalesce.ts";
import { isOptions } from "../diagnosisOptions.ts";
import { Disposable } from "../disposable.ts";
import { isRecipe } from "../recipes.ts";
import { SOURCE } from "./problems.ts";

const SETTLE_MS = 300;

export class Mistakes extends Disposable {
  readonly #collection = this.register(
    vscode.languages.createDiagnosticCollection("vitals.recipe"),
  );
  readonly #changed = new Set<vscode.TextDocument>();
  readonly #update = this.register(new Coalesce(SETTLE_MS, () => this.#showChanged()));

  constructor() {
    super();
    const { workspace } = vscode;
    this.register(workspace.onDidOpenTextDocument((document) => this.#look(document)));
    this.register(workspace.onDidChangeTextDocument(({ document }) => this.#look(document)));
    this.register(
      workspace.onDidCloseTextDocument((document) => {
        this.#changed.delete(document);
        this.#collection.delete(document.uri);
      }),
    );
    for (const document of workspace.textDocuments) this.#look(document);
  }

  #look(document: vscode.TextDocument): void {
    if (!readerOf(document.uri)) return;
    this.#changed.add(document);
    this.#update.ask();
  }

  #showChanged(): void {
    for (const document of this.#changed) {
      const { problems = [] } = readerOf(document.uri)?.(document.getText()) ?? {};
      const diagnostics = problems.map((problem) => {
        const from = document.positionAt(problem.offset);
        const to = document.positionAt(problem.offset + problem.length);
        const diagnostic = new vscode.Diagnostic(new vscode.Range(from, to), problem.message);
        diagnostic.source = SOURCE;
        return diagnostic;
      });
      this.#collection.set(document.uri, diagnostics);
    }
    this.#changed.clear();
  }
}

/** Who understands a file; undefined where it is none of ours. */
function readerOf(file: vscode.Uri): ((text: string) => { problems: Problem[] }) | undefined {
  if (isRecipe(file)) return readRecipe;
  return isOptions(file) ? readOptions : undefined;
}
