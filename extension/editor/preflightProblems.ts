/** What a preflight found, as Problems of the recipe until its text changes or a run tells more. */
import * as vscode from "vscode";
import { byCause } from "../../diagnosis/consequences.ts";
import type { Preflight } from "../../diagnosis/preflight.ts";
import type { RunStore } from "../../runs/store.ts";
import { symptomPage } from "../commands/explain.ts";
import { Disposable } from "../disposable.ts";
import { Lines } from "./lines.ts";
import { placeFinding } from "./place.ts";
import { type Problem, SEVERITY, SOURCE } from "./problems.ts";

export class PreflightProblems extends Disposable {
  readonly #extension: vscode.Uri;
  readonly #collection = this.register(
    vscode.languages.createDiagnosticCollection("vitals.preflight"),
  );

  /** By the recipe's address. */
  readonly #shown = new Map<string, { since: number; problems: Problem[] }>();

  constructor(store: RunStore, extension: vscode.Uri) {
    super();
    this.#extension = extension;
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#clear(document.uri);
      }),
    );
    this.register({ dispose: store.onChange(() => this.#clearStale(store)) });
  }

  /** The Problems that stand in a file now. */
  of(file: vscode.Uri): readonly Problem[] {
    return this.#shown.get(file.toString())?.problems ?? [];
  }

  show(
    document: vscode.TextDocument,
    { findings, run }: Pick<Preflight, "findings" | "run">,
  ): void {
    const settings = vscode.workspace.getConfiguration("vitals", document.uri);
    const infos = settings.get("showInfos", false);
    const lines = new Lines(document.getText());
    const shown = byCause(findings).filter(({ finding }) => infos || finding.severity !== "info");
    const problems = shown.map(({ finding, consequences }): Problem => {
      const range = lines.range(placeFinding(lines.text, finding, run));
      const { message, severity, symptom } = finding;
      const diagnostic = new vscode.Diagnostic(range, message, SEVERITY[severity]);
      diagnostic.source = SOURCE;
      diagnostic.code = { value: symptom, target: symptomPage(this.#extension, symptom) };
      return { finding, consequences, diagnostic };
    });
    this.#shown.set(document.uri.toString(), { since: Date.now(), problems });
    this.#collection.set(
      document.uri,
      problems.map(({ diagnostic }) => diagnostic),
    );
  }

  #clear(file: vscode.Uri): void {
    this.#shown.delete(file.toString());
    this.#collection.delete(file);
  }

  /** A run of the recipe that began after the preflight finds the same, and more. */
  #clearStale(store: RunStore): void {
    if (this.#shown.size === 0) return;
    for (const { run } of store.sessions) {
      if (!run) continue;
      const file = vscode.Uri.file(run.file);
      const since = this.#shown.get(file.toString())?.since;
      if (since !== undefined && Date.parse(run.started) > since) this.#clear(file);
    }
  }
}
