/** Shows what to act on in each recipe's newest run as Problems, on the line that causes it, with what it led to. */
import * as vscode from "vscode";
import type { Finding, Severity } from "../../diagnosis/finding.ts";
import type { RunSession } from "../../runs/session.ts";
import type { RunStore } from "../../runs/store.ts";
import type { RunEvent } from "../../telemetry/events.ts";
import { Coalesce } from "../coalesce.ts";
import { symptomPage } from "../commands/explain.ts";
import { Disposable } from "../disposable.ts";
import { isRecipe, textOf } from "../recipes.ts";
import { Lines } from "./lines.ts";
import { placeConsequences, placeEvidence, placeFinding } from "./place.ts";
import { type Standing, standingFindings } from "./standing.ts";

/** As the Problems panel names where a Problem comes from. */
export const SOURCE = "Training Vitals";
const SETTLE_MS = 250;
export const SEVERITY: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** A finding that stands in a file, with its Problem. */
export interface Problem {
  finding: Finding;
  consequences: Finding[];
  diagnostic: vscode.Diagnostic;
}

export class Problems extends Disposable {
  readonly #store: RunStore;
  readonly #extension: vscode.Uri;
  readonly #collection = this.register(vscode.languages.createDiagnosticCollection("vitals"));
  readonly #shown = new Map<string, { content: string; problems: Problem[] }>();
  readonly #update = this.register(new Coalesce(SETTLE_MS, () => this.#showAll()));

  constructor(store: RunStore, extension: vscode.Uri) {
    super();
    this.#store = store;
    this.#extension = extension;
    this.register({ dispose: store.onChange(() => this.#update.ask()) });
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isRecipe(document.uri)) this.#update.ask();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("vitals.showInfos")) this.#update.ask();
      }),
    );
    this.#update.ask();
  }

  /** The Problems that stand in a file now. */
  of(file: vscode.Uri): readonly Problem[] {
    return this.#shown.get(file.toString())?.problems ?? [];
  }

  async #showAll(): Promise<void> {
    const runsOf = new Map<string, RunSession[]>();
    for (const session of this.#store.sessions) {
      if (!session.run) continue;
      const key = vscode.Uri.file(session.run.file).toString();
      const runs = runsOf.get(key);
      if (runs) runs.push(session);
      else runsOf.set(key, [session]);
    }
    for (const key of [...this.#shown.keys()].filter((shown) => !runsOf.has(shown))) {
      this.#shown.delete(key);
      this.#collection.delete(vscode.Uri.parse(key));
    }
    for (const [key, runs] of runsOf) await this.#show(vscode.Uri.parse(key), runs);
  }

  async #show(file: vscode.Uri, runs: RunSession[]): Promise<void> {
    const infos = vscode.workspace.getConfiguration("vitals", file).get("showInfos", false);
    const standing = standingFindings(runs, infos);
    const text = standing.length > 0 ? await textOf(file) : "";
    const content = JSON.stringify([
      text,
      standing.map(({ finding, consequences, session }) => [finding, consequences, session.id]),
    ]);
    if (this.#shown.get(file.toString())?.content === content) return;
    const lines = new Lines(text ?? "");
    const problems =
      text === undefined
        ? []
        : standing.flatMap((s) =>
            s.session.run ? [this.#problem(file, lines, s, s.session.run)] : [],
          );
    this.#shown.set(file.toString(), { content, problems });
    this.#collection.set(
      file,
      problems.map(({ diagnostic }) => diagnostic),
    );
  }

  #problem(
    file: vscode.Uri,
    lines: Lines,
    { finding, consequences }: Standing<RunSession>,
    run: RunEvent,
  ): Problem {
    const diagnostic = new vscode.Diagnostic(
      lines.range(placeFinding(lines.text, finding, run)),
      finding.message,
      SEVERITY[finding.severity],
    );
    diagnostic.source = SOURCE;
    diagnostic.code = {
      value: finding.symptom,
      target: symptomPage(this.#extension, finding.symptom),
    };
    diagnostic.relatedInformation = [
      ...placeEvidence(lines.text, finding, run),
      ...placeConsequences(lines.text, consequences, run),
    ].map(
      ({ text, span }) =>
        new vscode.DiagnosticRelatedInformation(new vscode.Location(file, lines.range(span)), text),
    );
    return { finding, consequences, diagnostic };
  }
}
